"""Charts of the quality board: frames in, charts out.

Each mark also says its values on hover. States keep their colours, and so do lot types.
"""

import altair as alt
import polars as pl

from dashboards.views.type_colours import type_colours, typed, types_of
from dashboards.words import DISPOSITIONS
from dashboards.words import quality as words

DECISIONS = alt.Scale(domain=["PASS", "HOLD", "FAIL"], range=["#16a34a", "#ea580c", "#dc2626"])
STATES = {
    "released": "#16a34a",
    "pending": "#94a3b8",
    "expired": "#a16207",
    "stopped": "#c2410c",
    "hold": "#ea580c",
    "rejected": "#dc2626",
}
STATE_WORDS = {name: " ".join(DISPOSITIONS[name][:2]) for name in STATES}
STATE_SCALE = alt.Scale(domain=list(STATE_WORDS.values()), range=list(STATES.values()))
Chart = alt.Chart | alt.LayerChart | alt.FacetChart
BLUE = "#3b82f6"
# An axis of counts: between one lot and the next there is none.
WHOLE = alt.Axis(tickMinStep=1, format="d")
_DAYS_MARKED = 40  # further apart no chart marks hours by itself


def days_along(frame: pl.DataFrame, field: str) -> alt.X:
    """Return the axis of a column of days: no hour between two, and no browser's zone.

    A day's text is read as midnight in UTC, so that is how it is shown.
    """
    day = pl.col(field).cast(pl.Date).cast(pl.Int32)
    is_short = (frame.select(day.max() - day.min()).item() or 0) <= _DAYS_MARKED
    each = alt.TimeIntervalStep(interval="day", step=1)
    axis = alt.Axis(tickCount=each) if is_short else alt.Axis()
    return alt.X(f"{field}:T", title=None, scale=alt.Scale(type="utc"), axis=axis)


def day_said(field: str) -> alt.Tooltip:
    """Return a column of days as a tip says it."""
    return alt.Tooltip(f"{field}:T", timeUnit="utcyearmonthdate", title=field)


def every_type(frame: pl.DataFrame) -> alt.Y:
    """Return the axis of lot types, in the order in which the plant makes them."""
    return alt.Y("lot_type:N", sort=types_of(frame), title=None, axis=alt.Axis(labelOverlap=False))


def decisions_by_day(frame: pl.DataFrame) -> alt.Chart:
    """Draw decisions a day, stacked by what was decided, for the gates chosen."""
    return (
        alt.Chart(_daily(frame))
        .mark_bar()
        .encode(
            x=days_along(frame, "day"),
            y=alt.Y("decisions_count:Q", title=words.DECISIONS_AXIS, axis=WHOLE),
            color=alt.Color(
                "decision:N", scale=DECISIONS, title=None, legend=alt.Legend(orient="top")
            ),
            order=alt.Order("decision:N", sort="descending"),
            tooltip=[day_said("day"), "decision:N", "decisions_count:Q"],
        )
        .properties(height=260)
    )


def first_pass(frame: pl.DataFrame) -> alt.Chart:
    """Draw first-pass yield by week, one line for each lot type; the axis holds 90 % to 100 %."""
    lowest = min(0.9, *frame["first_pass_ratio"].to_list())
    return (
        alt.Chart(plain(frame))
        .mark_line(point=True)
        .encode(
            x=days_along(frame, "week"),
            y=alt.Y(
                "first_pass_ratio:Q",
                title=words.FIRST_PASS,
                axis=alt.Axis(format=".0%"),
                scale=alt.Scale(domain=[lowest, 1], nice=False),
            ),
            color=alt.Color(
                "lot_type:N",
                scale=type_colours(frame),
                title=None,
                legend=alt.Legend(orient="top", columns=3),
            ),
            tooltip=[
                day_said("week"),
                "lot_type:N",
                alt.Tooltip("first_pass_ratio:Q", format=".1%"),
                "passed_first_count:Q",
                "lots_started_count:Q",
            ],
        )
        .properties(height=260)
    )


def hold_hours(frame: pl.DataFrame) -> alt.Chart:
    """Draw how long the holds that ended lasted."""
    return (
        alt.Chart(plain(frame))
        .mark_bar(color=BLUE)
        .encode(
            x=alt.X("hours:Q", bin=alt.Bin(maxbins=24), title=words.HOURS_ON_HOLD),
            y=alt.Y("count():Q", title=words.HOLDS_ENDED, axis=WHOLE),
            tooltip=[alt.Tooltip("hours:Q", bin=alt.Bin(maxbins=24)), "count():Q"],
        )
        .properties(height=260)
    )


def dispositions(frame: pl.DataFrame) -> alt.Chart:
    """Draw lots by type, stacked by disposition."""
    in_words = typed(frame).with_columns(pl.col("disposition").replace(STATE_WORDS).alias("state"))
    return (
        alt.Chart(plain(in_words))
        .mark_bar()
        .encode(
            y=every_type(frame),
            x=alt.X("lots_count:Q", title=words.LOTS, axis=WHOLE),
            color=alt.Color(
                "state:N", scale=STATE_SCALE, title=None, legend=alt.Legend(orient="top", columns=2)
            ),
            tooltip=["lot_type:N", "state:N", "lots_count:Q"],
        )
        .properties(height=340)
    )


def _daily(frame: pl.DataFrame) -> alt.Data:
    """Add the gates of a day up, so that a bar is a day."""
    return plain(frame.group_by("day", "decision").agg(pl.col("decisions_count").sum()).sort("day"))


def plain(frame: pl.DataFrame) -> alt.Data:
    """Return rows as a chart takes them: decimals as numbers, times as text."""
    numbers = frame.with_columns(pl.selectors.decimal().cast(pl.Float64))
    times = numbers.with_columns(pl.selectors.temporal().cast(pl.String))
    return alt.Data(values=times.to_dicts())
