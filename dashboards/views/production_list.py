"""Recorded productions as a table, and one of them with its lots; nothing is asked here."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.links import LOTS, link_button
from dashboards.views.plain import literal
from dashboards.views.tables import chosen_rows, table
from dashboards.words import productions as words
from sql.record.transactions import Row

COLUMNS = [
    "production_code",
    "happened_at",
    "made_in",
    "run_code",
    "inputs_count",
    "inputs_kg",
    "outputs_count",
    "outputs_kg",
    "waste_kg",
]
PARTS = ["part_of", "lot_code", "lot_type", "product_code", "quantity_kg"]


def draw_productions(found: Sequence[Row], zone: ZoneInfo, most: int) -> str | None:
    """Draw the productions found, newest first, and return the chosen one's code."""
    if not found:
        st.info(words.NO_PRODUCTIONS)
        return None
    named = [{**one, "made_in": one["place"]} for one in found]
    drawn = table(named, COLUMNS, zone, key="productions", select="rerun")
    if len(found) == most:
        st.caption(words.SHOWN_FIRST.format(count=most))
    chosen = chosen_rows(drawn, len(found))
    return found[chosen[0]]["production_code"] if chosen else None


def draw_parts(shown: Row, parts: Sequence[Row], zone: ZoneInfo) -> None:
    """Draw what went into a production and what came of it."""
    st.markdown(f"### {literal(shown['production_code'])}")
    named = [{**part, "part_of": words.KINDS[part["kind"]]} for part in parts]
    drawn = table(named, PARTS, zone, key="production_parts", select="rerun")
    chosen = chosen_rows(drawn, len(parts))
    if chosen:
        lot_code = parts[chosen[0]]["lot_code"]
        link_button(words.OPEN_LOT.format(lot=lot_code), LOTS, lot_code, key="production_open")
