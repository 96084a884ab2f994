"""The tiles of the readings: how many results, how many outside their limit, what they come to."""

from typing import Any

import polars as pl
import streamlit as st

from dashboards.reader.signs import number
from dashboards.words import plural
from dashboards.words.nouns import RESULT
from dashboards.words.readings import (
    HIGHEST,
    LOWEST,
    MEAN,
    NO_MEAN,
    OPEN_COUNT,
    OPEN_SAID,
    OUTSIDE_COUNT,
    RESULTS_COUNT,
)

_TILE_WIDTH = 172  # six side by side on a desk, three on a tablet


def _figure(value: Any) -> str:
    """Write a figure with as many digits as a tile has room for."""
    return number(float(f"{value:.4g}"), ",.10g")


def draw_figures(results: pl.DataFrame) -> None:
    """Draw how many results there are, how many lie outside, and what they come to."""
    signs = results["sign"].count()
    values = results["value"].drop_nulls()
    tiles = {
        RESULTS_COUNT: number(results.height),
        OUTSIDE_COUNT: number(results.filter(pl.col("breaks")).height),
        OPEN_COUNT: number(results["breaks"].null_count()),
    }
    if len(values) and not signs:
        tiles |= {
            LOWEST: _figure(values.min()),
            MEAN: _figure(values.mean()),
            HIGHEST: _figure(values.max()),
        }
    with st.container(horizontal=True):
        for label, value in tiles.items():
            said = OPEN_SAID if label == OPEN_COUNT else None
            st.metric(label, value, border=True, help=said, width=_TILE_WIDTH)
    if signs:
        st.caption(NO_MEAN.format(signs=plural(signs, RESULT)))
