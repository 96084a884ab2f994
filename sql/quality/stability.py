"""Whether a process is steady enough for what it did to say what it will do.

An index of capability speaks of tomorrow. It is told of no process that is out of control, in its
location or its spread, of too few points, or of values that never vary.
"""

from collections.abc import Iterable

from sql.quality.capability import Tolerance
from sql.quality.run_rules import RunRule, signals
from sql.quality.variables import VariablesCharts

LEAST_POINTS = 25


def reason_for_none(
    charts: VariablesCharts, tolerance: Tolerance, rules: Iterable[RunRule]
) -> str | None:
    """Say why these values have no capability; None: they have.

    Args:
        charts: Their two charts.
        tolerance: What they must keep.
        rules: Run rules that the chart of location must not break.
    """
    if tolerance.lower is None and tolerance.upper is None:
        return "no limit to hold it against"
    count = len(charts.location.points)
    if count < LEAST_POINTS:
        return f"{count} points; {LEAST_POINTS} or more say what a process can keep"
    if charts.baseline.sigma == 0:
        return "all values are equal: they show no spread"
    if len(charts.spread.beyond_limits()):
        return "the spread is out of control, so it says nothing of tomorrow"
    if any(len(places) for places in signals(charts.location, rules).values()):
        return "the chart is out of control, so it says nothing of tomorrow"
    return None
