"""The lots behind a number of the quality board: rows of the very edition that the number is of."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards.sessions.edition_answers import answer
from dashboards.views.links import LOTS, link_button
from dashboards.views.quality_figures import BALANCES, EVERY_LOT, FIRST_PASS, OVER, STATE_TILES
from dashboards.views.tables import chosen_rows, table
from dashboards.words import BEHIND_A_NUMBER, NO_LOTS_BEHIND, NOT_PASSED_FIRST, first_of, plural
from dashboards.words import quality as words
from dashboards.words.nouns import LOT
from sql.warehouse.editions import Edition

_STATES = ["lot_code", "lot_type", "disposition", "happened_at", "decided_at"]
_NOT_FIRST = ["lot_code", "lot_type", "gate_number", "decision", "decided_at"]


def draw_lots_behind(read: Edition, figures: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Draw the choice of a number, and the lots that it counts."""
    numbers = [EVERY_LOT, *STATE_TILES.values(), FIRST_PASS, OVER]
    chosen = st.pills(BEHIND_A_NUMBER, numbers, key="quality_number")
    if chosen is None:
        return
    rows, columns = _behind(read, chosen)
    counts = [figures["over_count"]] if chosen == OVER else rows["found_count"].to_list()
    if rows.is_empty():
        st.info(NO_LOTS_BEHIND)
        return
    found = counts[0]
    counted = plural(found, LOT) if found <= rows.height else first_of(rows.height, found)
    st.caption(NOT_PASSED_FIRST.format(count=counted) if chosen == FIRST_PASS else f"{counted}.")
    drawn = table(
        rows.to_dicts(), columns, zone, key=f"quality_rows_{chosen}", select="rerun", height=320
    )
    for row in chosen_rows(drawn, rows.height):
        lot_code = rows["lot_code"][row]
        link_button(words.OPEN_LOT, LOTS, lot_code, key="quality_open")


def _behind(read: Edition, chosen: str) -> tuple[pl.DataFrame, list[str]]:
    """Return the rows that a number counts, and which of their columns to show."""
    if chosen == FIRST_PASS:
        return answer(read, "lots_not_passed_first"), _NOT_FIRST
    if chosen == OVER:
        return answer(read, "balances_off").filter(pl.col("gives_out_too_much")), BALANCES
    states = {label: name for name, label in STATE_TILES.items()}
    return answer(read, "lots_of_disposition", disposition=states.get(chosen)), _STATES
