"""Lot types as charts name, order and colour them: the plant's order, and its process's colours."""

from collections.abc import Sequence
from itertools import cycle

import altair as alt
import polars as pl

from dashboards.words import TYPELESS

# Of lot types whose process names no colour; told apart also by those who see no red or green
# (the first six: Okabe and Ito, Color Universal Design).
TYPE_COLOURS = [
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#7b61c9",
    "#8c8c8c",
]


def types_of(frame: pl.DataFrame) -> list[str]:
    """Name the types in a frame in the plant's order, those without a type last."""
    ordered = frame.sort("type_position", "lot_type", nulls_last=True)
    return typed(ordered)["lot_type"].unique(maintain_order=True).to_list()


def type_colours(frame: pl.DataFrame, otherwise: Sequence[str] = TYPE_COLOURS) -> alt.Scale:
    """Return what colour each type of a frame has: the process's own, else one by its place.

    Args:
        frame: With lot_type, type_position and type_colour (`#rrggbb`; null: nobody chose one).
        otherwise: The colours of types without one, in the plant's order, from the first again
            where there are more types.
    """
    chosen = dict(typed(frame).select("lot_type", "type_colour").drop_nulls().iter_rows())
    named = types_of(frame)
    by_place = dict(zip(named, cycle(otherwise), strict=False))
    return alt.Scale(domain=named, range=[chosen.get(name, by_place[name]) for name in named])


def typed(frame: pl.DataFrame) -> pl.DataFrame:
    """Say of lots without a type that they have none."""
    return frame.with_columns(pl.col("lot_type").fill_null(TYPELESS))
