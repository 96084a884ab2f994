"""The tiles of the quality board, and a chart of it under its title."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboards.reader.parts import percent
from dashboards.reader.signs import number
from dashboards.views import charts
from dashboards.views.chart_shown import show_chart
from dashboards.views.states import disposition_words
from dashboards.words import DISPOSITIONS, over_words
from dashboards.words import quality as words

DrawChart = Callable[[pl.DataFrame], charts.Chart]


_ACROSS = 5
EVERY_LOT, FIRST_PASS, OVER = words.LOTS, words.FIRST_PASS, words.GAVE_OUT_TOO_MUCH
STATE_TILES = {state: disposition_words(state) for state in DISPOSITIONS}
BALANCES = [
    "lot_code",
    "lot_type",
    "gives_out_too_much",
    "weight_kg",
    "inputs_kg",
    "into_children_kg",
    "shipped_kg",
    "on_hand_kg",
    "accounted_ratio",
    "yield_ratio",
    "unknown_quantities_count",
]


def draw_figures(figures: Mapping[str, Any]) -> None:
    """Draw the tiles: every lot, then each state, which together are every lot."""
    first_pass = figures["first_pass_ratio"]
    tiles = {
        EVERY_LOT: number(figures["lots_count"]),
        **{label: number(figures[f"{state}_count"]) for state, label in STATE_TILES.items()},
        FIRST_PASS: "–" if first_pass is None else percent(first_pass),
        OVER: over_words(figures["over_count"], figures["unknown_count"]),
    }
    places = [*st.columns(_ACROSS), *st.columns(_ACROSS)]
    for place, (label, value) in zip(places, tiles.items(), strict=False):
        place.metric(label, value, border=True, height="stretch")


def draw_chart(title: str, frame: pl.DataFrame, chart: DrawChart, empty: str) -> None:
    """Draw a chart under its title, or say why there is none."""
    st.markdown(f"## {title}")
    if frame.is_empty():
        st.caption(empty)
    else:
        show_chart(chart(frame))


def yields_allowed(tolerances: pl.DataFrame) -> str:
    """Say by how much a lot's weight may differ from what went in, by type."""
    return ", ".join(
        f"{kind} {percent(part)}"
        for kind, part in tolerances.select("lot_type", "yield_tolerance_ratio").iter_rows()
    )
