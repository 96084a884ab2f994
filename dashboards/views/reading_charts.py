"""Charts of readings: frames in, charts out.

Results known only as less or more than a number are drawn at that number, hollow and pointing to
where they lie, never as the number itself. A point says its lot, and choosing it opens the lot.
"""

from math import ceil
from zoneinfo import ZoneInfo

import altair as alt
import numpy as np
import polars as pl

from dashboards.views.chart_shown import POINT
from dashboards.views.charts import BLUE, WHOLE, Chart, plain
from dashboards.words.readings import JUDGED, KNOWN_AS, RESULTS_COUNT

RED, AMBER, GREY = "#dc2626", "#b45309", "#64748b"
_JUDGED = alt.Scale(domain=list(JUDGED.values()), range=[RED, BLUE, GREY])
_MARKS = dict(
    zip(
        KNOWN_AS.values(),
        ["circle", "triangle-down", "triangle-down", "triangle-up", "triangle-up"],
        strict=True,
    )
)
_BARS = 30
_MANY = 1_000  # from here on points are drawn small, or they hide one another
HEIGHT = 320
MOST_DRAWN = 8_000  # points one by one; more make a page heavy, and hide one another


def site_time(frame: pl.DataFrame, zone: ZoneInfo) -> pl.DataFrame:
    """Return the frame with `at`: when, as the site's clock showed it, whatever the browser's."""
    return frame.with_columns(
        pl.col("happened_at").dt.convert_time_zone(zone.key).dt.replace_time_zone(None).alias("at")
    )


def along(field: str = "at") -> alt.X:
    """Return the axis of a column of the site's times, shown as they are in any browser."""
    return alt.X(f"{field}:T", title=None, scale=alt.Scale(type="utc"))


def _value(field: str, unit: str) -> alt.Y:
    return alt.Y(f"{field}:Q", title=unit, scale=alt.Scale(zero=False))


def trend(results: pl.DataFrame, unit: str, zone: ZoneInfo) -> Chart:
    """Draw each result with the limits that it had to keep."""
    drawn = site_time(results, zone).with_columns(
        pl.col("sign").fill_null("").replace_strict(KNOWN_AS).alias("known_as"),
    )
    known = [as_said for as_said in _MARKS if as_said in set(drawn["known_as"])]
    shapes = alt.Scale(domain=known, range=[_MARKS[as_said] for as_said in known])
    legend = _on_top() if len(known) > 1 else None
    base = alt.Chart(plain(drawn.drop("happened_at", "happened_until")))
    points = (
        base.mark_point(size=45 if results.height < _MANY else 15, opacity=0.8)
        .encode(
            x=along(),
            y=_value("value", unit),
            color=alt.Color("judged:N", scale=_JUDGED, title=None, legend=_on_top()),
            shape=alt.Shape("known_as:N", scale=shapes, title=None, legend=legend),
            tooltip=["lot_code:N", "result:N", "judged:N", "at:T", "product_name:N"],
        )
        .add_params(alt.selection_point(name=POINT, fields=["lot_code"], toggle=False))
    )
    bounds = [
        base.mark_line(interpolate="step-after", color=AMBER, strokeDash=[6, 3]).encode(
            x=along(), y=_value(bound, unit)
        )
        for bound in ("lower_bound", "upper_bound")
        if results[bound].count()
    ]
    return alt.layer(*bounds, points).properties(height=HEIGHT)


def by_day(results: pl.DataFrame, unit: str, zone: ZoneInfo) -> Chart:
    """Draw the lowest, mean and highest result of each day, where there are too many to draw."""
    days = (
        site_time(results, zone)
        .group_by(pl.col("at").dt.date().alias("day"))
        .agg(
            pl.col("value").min().alias("lowest"),
            pl.col("value").mean().alias("mean"),
            pl.col("value").max().alias("highest"),
            pl.len().alias("results_count"),
        )
        .sort("day")
    )
    base = alt.Chart(plain(days)).encode(
        x=along("day"),
        tooltip=["day:T", "lowest:Q", "mean:Q", "highest:Q", "results_count:Q"],
    )
    return alt.layer(
        base.mark_rule(color=GREY).encode(y=_value("lowest", unit), y2="highest:Q"),
        base.mark_point(color=BLUE, filled=True).encode(y=_value("mean", unit)),
    ).properties(height=HEIGHT)


def distribution(results: pl.DataFrame, unit: str) -> Chart:
    """Draw how often which values were measured, with the limits they had to keep."""
    bars = (
        alt.Chart(plain(_bars(results["value"])))
        .mark_bar(color=BLUE)
        .encode(
            x=alt.X("from:Q", bin="binned", title=unit),
            x2="to:Q",
            y=alt.Y("results_count:Q", title=RESULTS_COUNT, axis=WHOLE),
            tooltip=["from:Q", "to:Q", "results_count:Q"],
        )
    )
    bounds = [
        alt.Chart(plain(results.select(bound).drop_nulls().unique()))
        .mark_rule(color=AMBER, strokeDash=[6, 3], size=2)
        .encode(x=f"{bound}:Q")
        for bound in ("lower_bound", "upper_bound")
        if results[bound].count()
    ]
    return alt.layer(bars, *bounds).properties(height=HEIGHT)


def _bars(values: pl.Series) -> pl.DataFrame:
    """Count values in bars of one width, none narrower than the smallest step between two values.

    A narrower bar would stand empty, and make gaps where there are none.
    """
    steps = values.unique().sort().diff().drop_nulls()
    finest = float(steps.min()) if len(steps) else 1.0  # type: ignore[arg-type]
    lowest, highest = float(values.min()), float(values.max())  # type: ignore[arg-type]
    width = finest * max(1, ceil((highest - lowest) / finest / _BARS))
    count = round((highest - lowest) / width) + 1
    edges = lowest - width / 2 + width * np.arange(count + 1)
    counted, _edges = np.histogram(values.to_numpy(), bins=edges)
    return pl.DataFrame({"from": edges[:-1], "to": edges[1:], "results_count": counted})


def _on_top() -> alt.Legend:
    return alt.Legend(orient="top")
