"""Suspects as a chart: which part of the bad lots, and which of the others, has each."""

from collections.abc import Sequence

import altair as alt
import polars as pl

from dashboards.views.charts import Chart
from dashboards.views.suspects import suspect_words
from dashboards.words import suspects as words
from sql.genealogy.common_ancestors import CommonAncestors

CHARTED = 10
RED, GREY = "#dc2626", "#94a3b8"


def chart(found: CommonAncestors, order: Sequence[int]) -> Chart:
    """Draw which part of the bad lots, and which of the others, has each of the first suspects."""
    frame = pl.DataFrame(
        {
            "suspect": f"{at + 1} · {suspect_words(found.suspects[at])}",
            "bad": found.suspects[at].bad_with_count / len(found.bad_codes),
            "others": found.suspects[at].good_with_count / max(len(found.good_codes), 1),
        }
        for at in order[:CHARTED]
    )
    in_order = alt.Y(
        "suspect:N", sort=frame["suspect"].to_list(), title=None, axis=alt.Axis(labelLimit=340)
    )
    tips = ["suspect:N", alt.Tooltip("bad:Q", format=".0%"), alt.Tooltip("others:Q", format=".0%")]
    line = (
        alt.Chart(frame)
        .mark_rule(color=GREY, size=2)
        .encode(
            y=in_order,
            x=alt.X(
                "bad:Q",
                title=words.HAVE_IT,
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%"),
            ),
            x2="others:Q",
            tooltip=tips,
        )
    )
    legend = alt.Scale(domain=[words.CHART_BAD, words.CHART_OTHERS], range=[RED, GREY])
    dots = [
        alt.Chart(frame)
        .mark_point(filled=True, size=110, opacity=1, shape=shape)
        .encode(
            y=in_order,
            x=f"{field}:Q",
            color=alt.Color("who:N", scale=legend, title=None, legend=alt.Legend(orient="top")),
            tooltip=tips,
        )
        .transform_calculate(who=f"'{word}'")
        for field, word, shape in (
            ("bad", words.CHART_BAD, "triangle"),
            ("others", words.CHART_OTHERS, "circle"),
        )
    ]
    return alt.layer(line, *dots).properties(height=44 + 30 * frame.height)
