"""Results that are words, such as `detected`: how many of each week's were not as wanted.

Of thousands a week chance alone is too small to explain how weeks differ, so that the limits are
Laney's there.
"""

from zoneinfo import ZoneInfo

import polars as pl

from sql.quality.attributes import proportions
from sql.quality.run_rules import RUN_RULES, signals

# From so many a sample the limits of chance alone are crossed by weeks that are quite as usual.
LANEY_FROM = 1_000


def shares_by_week(results: pl.DataFrame, zone: ZoneInfo) -> pl.DataFrame:
    """Chart by the week what share of the results was not as wanted.

    Args:
        results: As `gather` takes them, with `breaks`; those not judged are left out, and so are
            those whose time is known by the day or month.
        zone: In which weeks begin.

    Returns:
        A row a week, as `Process.location` has a row a point; `happened_at` is the week's first
        result, `results_count` how many were judged.

    Raises:
        NotDrawable: Fewer than two weeks have a result that was judged.
    """
    week = pl.col("happened_at").dt.convert_time_zone(zone.key).dt.truncate("1w")
    weeks = (
        results.filter(pl.col("breaks").is_not_null() & pl.col("happened_until").is_null())
        .group_by(week.alias("week"), maintain_order=True)
        .agg(
            pl.col("happened_at").first(),
            pl.col("breaks").sum().alias("broken_count"),
            pl.len().alias("results_count"),
        )
        .sort("week")
    )
    sizes = weeks["results_count"].to_numpy()
    is_laney = bool(len(sizes)) and float(sizes.mean()) >= LANEY_FROM
    chart = proportions(weeks["broken_count"].to_numpy(), sizes, is_laney=is_laney)
    beyond = signals(chart, [RUN_RULES["western_electric_1"]])["western_electric_1"]
    flags = [["western_electric_1"] if place in beyond else [] for place in range(weeks.height)]
    return weeks.select(
        "happened_at",
        pl.lit(None, pl.String).alias("lot_code"),
        "results_count",
        pl.Series("value", chart.points),
        pl.Series("center", chart.center),
        pl.Series("lower", chart.lower),
        pl.Series("upper", chart.upper),
        pl.Series("signals", flags, dtype=pl.List(pl.String)),
    )
