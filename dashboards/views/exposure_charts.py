"""Charts of the exposure board: frames in, charts out."""

from datetime import date

import altair as alt
import polars as pl

from dashboards.views.charts import BLUE, Chart, day_said, days_along, plain
from dashboards.words import exposure as words


def exposure(frame: pl.DataFrame, unit: str, settled_until: date) -> Chart:
    """Draw what received lots touch, by the week they came in: the mean, and the worst.

    Lots that came after `settled_until` are still spreading; their points are hollow.
    """
    frame = frame.with_columns(is_settled=pl.col("week") + pl.duration(days=6) <= settled_until)
    filled = alt.condition("datum.is_settled", alt.value(1), alt.value(0))
    base = alt.Chart(plain(frame)).encode(
        x=days_along(frame, "week"),
        tooltip=[
            day_said("week"),
            "lots_count:Q",
            alt.Tooltip("mean:Q", format=",.0f"),
            alt.Tooltip("worst:Q", format=",.0f"),
        ],
    )
    who = alt.Scale(domain=[words.WORST, words.MEAN_MARK], range=["#dc2626", BLUE])
    marks = [
        drawn.encode(
            y=alt.Y(f"{field}:Q", title=unit),
            color=alt.Color("which:N", scale=who, title=None, legend=alt.Legend(orient="top")),
        )
        for field, word, shape in (
            ("worst", words.WORST, "triangle"),
            ("mean", words.MEAN_MARK, "circle"),
        )
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
        alt.Chart(plain(frame))
        .mark_rect(color=BLUE, stroke="white")
        .encode(
            x=days_along(frame, "first_day"),
            x2="end:T",
            y2=alt.Y2Datum(0),
            y=alt.Y("days_count:Q", title=words.DAYS_AXIS, axis=alt.Axis(tickMinStep=1)),
            tooltip=[
                day_said("first_day"),
                day_said("last_day"),
                "days_count:Q",
                "links_count:Q",
                alt.Tooltip("carried_kg:Q", format=",.0f"),
                "lot_types:N",
            ],
        )
        .transform_calculate(end="toDate(datum.last_day) + 86400000")
        .properties(height=260)
    )
