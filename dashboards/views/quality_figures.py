"""The tiles of the quality board, and a chart of it under its title."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboards.reader.signs import number
from dashboards.views import charts
from dashboards.views.chart_shown import show_chart
from dashboards.words import over_words
from sql.vocabulary import YIELD_TOLERANCES

DrawChart = Callable[[pl.DataFrame], charts.Chart]


def draw_figures(figures: Mapping[str, Any]) -> None:
    """Draw the tiles."""
    first_pass = figures["first_pass_ratio"]
    tiles = {
        "Lots": number(figures["lots_count"]),
        "○ Waiting": number(figures["pending_count"]),
        "‖ On HOLD": number(figures["hold_count"]),
        "⇣ Stopped by origin": number(figures["stopped_count"]),
        "✕ Rejected": number(figures["rejected_count"]),
        "◷ Expired": number(figures["expired_count"]),
        "First-pass yield": "–" if first_pass is None else number(first_pass, ".1%"),
        "Gave out too much": over_words(figures["over_count"], figures["unknown_count"]),
    }
    columns = st.columns(4)
    for position, (label, value) in enumerate(tiles.items()):
        columns[position % 4].metric(label, value, border=True, height="stretch")


def draw_chart(title: str, frame: pl.DataFrame, chart: DrawChart, empty: str) -> None:
    """Draw a chart under its title, or say why there is none."""
    st.markdown(f"## {title}")
    if frame.is_empty():
        st.caption(empty)
    else:
        show_chart(chart(frame))


def yields_allowed() -> str:
    """Say by how much a lot's weight may differ from what went in, by type."""
    return ", ".join(f"{kind} {number(part, '.0%')}" for kind, part in YIELD_TOLERANCES.items())
