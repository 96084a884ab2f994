"""From results as they were measured to what a control chart takes: single values or subgroups.

Results known only as less or more than a number make no chart: without them the rest would lie
about the mean. Nor does a result whose time is known by the day or month have a place in the order;
such ones are left out and counted.
"""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

import polars as pl

from sql.quality.charts import NotDrawable


class Gathered(StrEnum):
    """What one point of a chart is made of."""

    SINGLE = "single"
    LOT = "lot"
    DAY = "day"


@dataclass(frozen=True)
class Series:
    """Results in order, gathered into points.

    Attributes:
        points: A row a point: `happened_at` (of its first result), `lot_code` (of the one lot it is
            of; null: of several), `values` (its results, a list of doubles), `results_count`.
        left_out_count: Results that have no place in the order, or stand alone where points take
            several.
    """

    points: pl.DataFrame
    left_out_count: int


def gather(results: pl.DataFrame, by: Gathered, zone: ZoneInfo) -> Series:
    """Gather the results of one characteristic in one unit.

    Args:
        results: In order of time; `happened_at`, `happened_until`, `lot_code`, `value`, `sign` and
            `word` of each, as the edition's `results_measured` gives them.
        by: What a point is.
        zone: In which days are taken.

    Raises:
        NotDrawable: There is none, some are words or have a sign, or no point has several results.
    """
    _refuse_what_is_no_number(results)
    placed = results.filter(pl.col("happened_until").is_null()).select(
        "happened_at", "lot_code", "value"
    )
    if by is Gathered.SINGLE:
        points = placed.with_columns(pl.concat_list("value").alias("values"))
    else:
        day = pl.col("happened_at").dt.convert_time_zone(zone.key).dt.date()
        of = day if by is Gathered.DAY else pl.col("lot_code")
        points = (
            placed.group_by(of.alias("of"), maintain_order=True)
            .agg(
                pl.col("happened_at").first(),
                pl.when(pl.col("lot_code").n_unique() == 1)
                .then(pl.col("lot_code").first())
                .first()
                .alias("lot_code"),
                pl.col("value").alias("values"),
            )
            .filter(pl.col("values").list.len() > 1)
            .sort("happened_at", maintain_order=True)
        )
    points = points.select(
        "happened_at", "lot_code", "values", pl.col("values").list.len().alias("results_count")
    )
    if points.is_empty():
        raise NotDrawable(_why_empty(by))
    return Series(points, results.height - int(points["results_count"].sum()))


def _refuse_what_is_no_number(results: pl.DataFrame) -> None:
    words, signs = results["word"].count(), results["sign"].count()
    if words:
        raise NotDrawable(f"{words:,} of {results.height:,} results are words, not numbers.")
    if signs:
        raise NotDrawable(
            f"{signs:,} of {results.height:,} results are known only as less or more than a "
            "number; a chart of the others would lie about the mean."
        )


def _why_empty(by: Gathered) -> str:
    if by is Gathered.SINGLE:
        return "No result has a known time, so none has a place in the order."
    return f"No {by} has two results; a point takes two or more."
