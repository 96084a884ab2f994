"""Control charts drawn: frames of points with their limits in, charts out.

A point that signals is told by shape and colour both; choosing a point opens its lot.
"""

from math import ceil
from zoneinfo import ZoneInfo

import altair as alt
import polars as pl

from dashboards.views import reading_charts
from dashboards.views.chart_shown import POINT
from dashboards.views.charts import BLUE, Chart, plain
from dashboards.views.reading_charts import GREY, HEIGHT, RED, along, site_time
from dashboards.words.readings import NO_SIGNAL, RULE_WORDS, SIGNAL

SMALL = 160
_STATES = [NO_SIGNAL, SIGNAL]
_COLOURS = alt.Scale(domain=_STATES, range=[BLUE, RED])
_SHAPES = alt.Scale(domain=_STATES, range=["circle", "diamond"])
_SIZES = alt.Scale(domain=_STATES, range=[30, 110])
_LEGEND = alt.Legend(orient="top")


def thinned(points: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Return as many points as can be drawn: every so many, and all that signal; and how many."""
    every = ceil(points.height / reading_charts.MOST_DRAWN) or 1
    is_kept = (pl.int_range(pl.len()) % every == 0) | (pl.col("signals").list.len() > 0)
    return points.filter(is_kept), every


def control(
    points: pl.DataFrame,
    title: str,
    zone: ZoneInfo,
    *,
    is_small: bool = False,
    is_share: bool = False,
) -> Chart:
    """Draw a control chart: its points, centre and limits; points that signal are red diamonds.

    Args:
        points: As `Process` has them.
        title: What is drawn, or in which unit.
        zone: The site's.
        is_small: It stands under another, and no point can be chosen on it.
        is_share: Its values are parts of 1, and a point is of several lots.
    """
    said = pl.col("signals").list.eval(pl.element().replace(RULE_WORDS)).list.join("; ")
    drawn = site_time(points, zone).select(
        "at",
        "lot_code",
        "value",
        "center",
        "lower",
        "upper",
        said.alias("signals"),
        pl.when(said == "").then(pl.lit(NO_SIGNAL)).otherwise(pl.lit(SIGNAL)).alias("state"),
    )
    base = alt.Chart(plain(drawn)).encode(x=along())

    def up(field: str) -> alt.Y:
        axis = alt.Axis(format=".1%" if is_share else "")
        return alt.Y(f"{field}:Q", title=title, scale=alt.Scale(zero=is_share), axis=axis)

    lines = [
        base.mark_line(interpolate="step-after", color=colour, strokeDash=dash).encode(y=up(name))
        for name, colour, dash in (
            ("lower", RED, [6, 3]),
            ("center", GREY, [1, 0]),
            ("upper", RED, [6, 3]),
        )
    ]
    marks = base.mark_point(filled=True, opacity=1).encode(
        y=up("value"),
        color=alt.Color("state:N", scale=_COLOURS, title=None, legend=_LEGEND),
        shape=alt.Shape("state:N", scale=_SHAPES, title=None, legend=_LEGEND),
        size=alt.Size("state:N", scale=_SIZES, legend=None),
        tooltip=["lot_code:N", "value:Q", "at:T", "signals:N"],
    )
    if not (is_small or is_share):
        marks = marks.add_params(alt.selection_point(name=POINT, fields=["lot_code"], toggle=False))
    path = base.mark_line(color=BLUE, opacity=0.35).encode(y=up("value"))
    return alt.layer(*lines, path, marks).properties(height=SMALL if is_small else HEIGHT)
