"""The chart of yields by lot type, and what lies beyond its end, in words.

One lot that weighs fifty times what went into it would crush all others to slivers: so the chart
ends a little beyond what most lots yield, and what lies further out is named under it.
"""

import altair as alt
import polars as pl

from dashboards.reader.parts import percent
from dashboards.views.charts import BLUE, Chart, every_type, plain
from dashboards.views.type_colours import type_colours, typed
from dashboards.words import YIELDS_BEYOND, plural
from dashboards.words import quality as words
from dashboards.words.nouns import LOT

_FAR = 1.5  # times what most lots yield, or the whole
_BOUNDS = ["low", "lower_quarter", "middle", "upper_quarter", "high"]


def yields(frame: pl.DataFrame) -> Chart:
    """Draw the spread of yields a lot type: nine in ten, the middle half, the middle."""
    end = _end(frame)
    says = [
        "lot_type:N",
        "lots_count:Q",
        *(alt.Tooltip(f"{name}_said:Q", title=name, format=".1%") for name in _BOUNDS[::2]),
    ]
    drawn = typed(frame).with_columns(
        *(pl.col(name).alias(f"{name}_said") for name in _BOUNDS),
        *(pl.min_horizontal(pl.col(name), pl.lit(end)) for name in _BOUNDS),
    )
    base = alt.Chart(plain(drawn)).encode(y=every_type(frame))
    across = alt.X(
        "low:Q",
        title=words.YIELD_AXIS,
        axis=alt.Axis(format="%"),
        scale=alt.Scale(zero=False),
    )
    return alt.layer(
        base.mark_rule(color="#94a3b8").encode(x=across, x2="high:Q", tooltip=says),
        base.mark_bar(height=14).encode(
            x="lower_quarter:Q",
            x2="upper_quarter:Q",
            color=alt.Color("lot_type:N", scale=type_colours(frame, [BLUE]), legend=None),
            tooltip=says,
        ),
        base.mark_tick(color="#f59e0b", thickness=3, height=18).encode(x="middle:Q", tooltip=says),
    ).properties(height=260)


def yields_beyond(frame: pl.DataFrame) -> str | None:
    """Say which types' yields go on beyond the chart's end, and how far; None: none does."""
    end = _end(frame)
    beyond = typed(frame).filter(pl.col("high") > end).sort("high", descending=True)
    if beyond.is_empty():
        return None
    types = ", ".join(
        words.YIELD_UP_TO.format(kind=kind, high=percent(high, 0), lots=plural(count, LOT))
        for kind, high, count in beyond.select("lot_type", "high", "lots_count").iter_rows()
    )
    return YIELDS_BEYOND.format(end=percent(end, 0), types=types)


def _end(frame: pl.DataFrame) -> float:
    """Return where the chart ends: beyond the yield in the middle of all lots, or the whole."""
    by_yield = frame.sort("middle")
    in_the_middle = by_yield["lots_count"].cum_sum() * 2 >= by_yield["lots_count"].sum()
    middle = by_yield.filter(in_the_middle)["middle"]
    return _FAR * max(1.0, float(middle[0]) if len(middle) else 1.0)
