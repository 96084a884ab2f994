"""Frames in, charts out. Each mark also says its values on hover; states keep their colours."""

from datetime import date

import altair as alt
import polars as pl

DECISIONS = alt.Scale(domain=["PASS", "HOLD", "FAIL"], range=["#16a34a", "#ea580c", "#dc2626"])
DISPOSITIONS = alt.Scale(
    domain=["released", "pending", "hold", "rejected"],
    range=["#16a34a", "#94a3b8", "#ea580c", "#dc2626"],
)
TYPES = ["RAW", "DEB", "BULK", "MIX", "SKW", "FRZ", "FG"]
BLUE = "#3b82f6"
EVERY_TYPE = alt.Y("lot_type:N", sort=TYPES, title=None, axis=alt.Axis(labelOverlap=False))


def decisions_by_day(frame: pl.DataFrame) -> alt.Chart:
    """Draw decisions a day, stacked by what was decided, for the gates chosen."""
    return (
        alt.Chart(_daily(frame))
        .mark_bar()
        .encode(
            x=alt.X("day:T", title=None),
            y=alt.Y("decisions_count:Q", title="Decisions"),
            color=alt.Color(
                "decision:N", scale=DECISIONS, title=None, legend=alt.Legend(orient="top")
            ),
            order=alt.Order("decision:N", sort="descending"),
            tooltip=["day:T", "decision:N", "decisions_count:Q"],
        )
        .properties(height=260)
    )


def first_pass(frame: pl.DataFrame) -> alt.Chart:
    """Draw first-pass yield a week, a line a lot type."""
    return (
        alt.Chart(_plain(frame))
        .mark_line(point=True)
        .encode(
            x=alt.X("week:T", title=None),
            y=alt.Y(
                "first_pass_ratio:Q",
                title="First-pass yield",
                axis=alt.Axis(format="%"),
                scale=alt.Scale(domainMax=1, zero=False, nice=False),
            ),
            color=alt.Color(
                "lot_type:N", sort=TYPES, title=None, legend=alt.Legend(orient="top", columns=4)
            ),
            tooltip=[
                "week:T",
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
        alt.Chart(_plain(frame))
        .mark_bar(color=BLUE)
        .encode(
            x=alt.X("hours:Q", bin=alt.Bin(maxbins=24), title="Hours on HOLD"),
            y=alt.Y("count():Q", title="Holds ended"),
            tooltip=[alt.Tooltip("hours:Q", bin=alt.Bin(maxbins=24)), "count():Q"],
        )
        .properties(height=260)
    )


def dispositions(frame: pl.DataFrame) -> alt.Chart:
    """Draw lots by type, stacked by disposition."""
    return (
        alt.Chart(_plain(frame))
        .mark_bar()
        .encode(
            y=EVERY_TYPE,
            x=alt.X("lots_count:Q", title="Lots"),
            color=alt.Color(
                "disposition:N", scale=DISPOSITIONS, title=None, legend=alt.Legend(orient="top")
            ),
            tooltip=["lot_type:N", "disposition:N", "lots_count:Q"],
        )
        .properties(height=260)
    )


def yields(frame: pl.DataFrame) -> alt.LayerChart:
    """Draw the spread of yields a lot type: nine in ten, the middle half, the middle."""
    says = [
        "lot_type:N",
        "lots_count:Q",
        alt.Tooltip("middle:Q", format=".1%"),
        alt.Tooltip("low:Q", format=".1%"),
        alt.Tooltip("high:Q", format=".1%"),
    ]
    base = alt.Chart(_plain(frame)).encode(y=EVERY_TYPE)
    across = alt.X(
        "low:Q",
        title="Weight made, of the weight that went in",
        axis=alt.Axis(format="%"),
        scale=alt.Scale(zero=False),
    )
    return alt.layer(
        base.mark_rule(color="#94a3b8").encode(x=across, x2="high:Q", tooltip=says),
        base.mark_bar(color=BLUE, height=14).encode(
            x="lower_quarter:Q", x2="upper_quarter:Q", tooltip=says
        ),
        base.mark_tick(color="#f59e0b", thickness=3, height=18).encode(x="middle:Q", tooltip=says),
    ).properties(height=260)


def exposure(frame: pl.DataFrame, unit: str, settled_until: date) -> alt.LayerChart:
    """Draw what received lots touch, by the week they came in: the mean, and the worst.

    Lots that came after `settled_until` are still spreading; their points are hollow.
    """
    frame = frame.with_columns(is_settled=pl.col("week") + pl.duration(days=6) <= settled_until)
    filled = alt.condition("datum.is_settled", alt.value(1), alt.value(0))
    base = alt.Chart(_plain(frame)).encode(
        x=alt.X("week:T", title=None),
        tooltip=[
            "week:T",
            "lots_count:Q",
            alt.Tooltip("mean:Q", format=",.0f"),
            alt.Tooltip("worst:Q", format=",.0f"),
        ],
    )
    who = alt.Scale(domain=["worst", "mean"], range=["#dc2626", BLUE])
    marks = [
        drawn.encode(
            y=alt.Y(f"{word}:Q", title=unit),
            color=alt.Color("which:N", scale=who, title=None, legend=alt.Legend(orient="top")),
        )
        for word, shape in (("worst", "triangle"), ("mean", "circle"))
        for named in [base.transform_calculate(which=f"'{word}'")]
        for drawn in (
            named.mark_line(),
            named.mark_point(shape=shape, size=60, filled=False),
            named.mark_point(shape=shape, size=60, filled=True).encode(opacity=filled),
        )
    ]
    return alt.layer(*marks).properties(height=260)


def stretches(frame: pl.DataFrame) -> alt.Chart:
    """Draw how many production days each stretch without a clean break lasted."""
    return (
        alt.Chart(_plain(frame))
        .mark_rect(color=BLUE, stroke="white")
        .encode(
            x=alt.X("first_day:T", title=None),
            x2="end:T",
            y2=alt.Y2Datum(0),
            y=alt.Y("days_count:Q", title="Production days", axis=alt.Axis(tickMinStep=1)),
            tooltip=[
                "first_day:T",
                "last_day:T",
                "days_count:Q",
                "links_count:Q",
                alt.Tooltip("carried_kg:Q", format=",.0f"),
                "lot_types:N",
            ],
        )
        .transform_calculate(end="toDate(datum.last_day) + 86400000")
        .properties(height=260)
    )


def _daily(frame: pl.DataFrame) -> alt.Data:
    """Add the gates of a day up, so that a bar is a day."""
    return _plain(
        frame.group_by("day", "decision").agg(pl.col("decisions_count").sum()).sort("day")
    )


def _plain(frame: pl.DataFrame) -> alt.Data:
    """Give rows as the chart takes them: decimals as numbers, times as text."""
    numbers = frame.with_columns(pl.selectors.decimal().cast(pl.Float64))
    times = numbers.with_columns(pl.selectors.temporal().cast(pl.String))
    return alt.Data(values=times.to_dicts())
