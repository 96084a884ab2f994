"""Carry-over: the stretches of days that links tie together, between clean breaks."""

from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards.reader.signs import number
from dashboards.views.downloads import csv_button
from dashboards.views.tables import table
from dashboards.words import exposure as words

COLUMNS = [
    "first_day",
    "last_day",
    "days_count",
    "lots_count",
    "links_count",
    "carried_kg",
    "lot_types",
]


def draw_stretches(stretches: pl.DataFrame, zone: ZoneInfo) -> None:
    """Draw the stretches as a table and a file, longest first."""
    with st.expander(words.STRETCHES.format(count=number(stretches.height))):
        st.caption(words.CARRY_OVER)
        longest = stretches.sort("days_count", "carried_kg", descending=True).to_dicts()
        table(longest, COLUMNS, zone, key="exposure_stretches")
        csv_button(
            words.STRETCHES_CSV,
            longest,
            COLUMNS,
            file_name="carry-over.csv",
            key="exposure_stretches_csv",
        )
