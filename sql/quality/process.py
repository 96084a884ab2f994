"""A process as its results show it: the two charts, which points signal, what it can keep.

The one place that puts gathering, charts, run rules and capability together, for every face.
"""

from collections.abc import Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from sql.quality.capability import Capability, Tolerance, capability
from sql.quality.charts import Baseline, Chart
from sql.quality.distribution import Normality, Outside, normality, outside
from sql.quality.gathering import Gathered, gather
from sql.quality.run_rules import RunRule, signals
from sql.quality.stability import reason_for_none
from sql.quality.variables import (
    VariablesCharts,
    individuals,
    means_and_deviations,
    means_and_ranges,
)

# From here on a range wastes too much of what a subgroup says (Montgomery, chapter 6.3).
DEVIATIONS_FROM = 10


@dataclass(frozen=True)
class Process:
    """What the results of one characteristic show.

    Attributes:
        location: A row a point: `happened_at`, `lot_code`, `results_count`, `value`, `center`,
            `lower`, `upper`, `signals` (the names of the rules that it completes, a list).
        spread: Likewise, of moving ranges, ranges or standard deviations; `signals` names a point
            beyond a limit `beyond_limit`.
        spread_is: Which of the three: `moving_range`, `range`, `deviation`.
        baseline: The centre and sigma within that made the limits.
        left_out_count: Results without a place on the chart.
        capability: What the process can keep; None: nothing can be said.
        why_none: Why not.
        normality: Of a process with a capability, whether its results are normal, as that takes for
            granted; None: too few to tell.
        outside: Of such a process, how many results lie outside their limits, normal or not.
    """

    location: pl.DataFrame
    spread: pl.DataFrame
    spread_is: str
    baseline: Baseline
    left_out_count: int
    capability: Capability | None
    why_none: str | None
    normality: Normality | None
    outside: Outside | None


def process_of(
    results: pl.DataFrame,
    *,
    by: Gathered,
    rules: Collection[RunRule],
    tolerances: Collection[Tolerance],
    zone: ZoneInfo,
) -> Process:
    """Work out what the results of one characteristic in one unit show.

    Args:
        results: As `gather` takes them.
        by: What a point is.
        rules: The run rules that are switched on.
        tolerances: The limits that the results had to keep, each once.
        zone: In which days are taken.

    Raises:
        NotDrawable: These results make no chart; says why.
    """
    series = gather(results, by, zone)
    points = series.points
    groups = [np.asarray(values) for values in points["values"]]
    charts, spread_is = _charted(groups, by)
    values = np.concatenate(groups)
    why_none = _why_none(charts, tolerances, rules)
    spread_points = points.slice(1) if by is Gathered.SINGLE else points
    beyond = {"beyond_limit": charts.spread.beyond_limits()}
    kept = None if why_none else next(iter(tolerances))
    return Process(
        _rows(points, charts.location, signals(charts.location, rules)),
        _rows(spread_points, charts.spread, beyond),
        spread_is,
        charts.baseline,
        series.left_out_count,
        kept and capability(values, charts.baseline.sigma, kept),
        why_none,
        normality(values) if kept else None,
        kept and outside(values, kept),
    )


def _charted(groups: list[np.ndarray], by: Gathered) -> tuple[VariablesCharts, str]:
    if by is Gathered.SINGLE:
        return individuals(np.concatenate(groups)), "moving_range"
    if max(map(len, groups)) < DEVIATIONS_FROM:
        return means_and_ranges(groups), "range"
    return means_and_deviations(groups), "deviation"


def _why_none(
    charts: VariablesCharts, tolerances: Collection[Tolerance], rules: Collection[RunRule]
) -> str | None:
    """Say why nothing can be said of what the process can keep."""
    if len(tolerances) > 1:
        return "the results had to keep different limits; choose one product or gate"
    return reason_for_none(charts, next(iter(tolerances), Tolerance()), rules)


def _rows(points: pl.DataFrame, chart: Chart, found: dict[str, np.ndarray]) -> pl.DataFrame:
    """Put a chart's figures beside its points."""
    named: list[list[str]] = [[] for _point in range(points.height)]
    for rule, places in found.items():
        for place in places:
            named[place].append(rule)
    return points.select("happened_at", "lot_code", "results_count").with_columns(
        pl.Series("value", chart.points),
        pl.Series("center", chart.center),
        pl.Series("lower", chart.lower),
        pl.Series("upper", chart.upper),
        pl.Series("signals", named, dtype=pl.List(pl.String)),
    )
