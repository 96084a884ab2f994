"""One check on the Data quality screen: how it stands, its open rows, and the settled ones."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.downloads import csv_button
from dashboards.views.findings import moment_of, state_words, typed
from dashboards.views.tables import table
from dashboards.words import (
    NEVER_LOOKED,
    NO_ROW_BREAKS_IT,
    NO_ROW_BROKE_IT,
    SETTLED_TITLE,
    SETTLEMENTS,
    first_of,
)
from dashboards.words.data_quality import FIRST_BREACHES, ROWS_CSV
from sql.warehouse.check_results import Result, State
from sql.warehouse.findings import Finding, breach_ids
from sql.warehouse.settlements import Settlement

SETTLED = ["settled_as", "settled_by", "settled_at", "settled_reason"]


def draw_check(
    result: Result,
    position: int,
    zone: ZoneInfo,
    settlements: Mapping[str, Settlement],
    *,
    is_of_now: bool,
) -> None:
    """Draw one check: how it stands, what a breach means, and the rows to mend.

    Args:
        result: What it said last.
        position: Its place on the screen.
        zone: In which zone to say times.
        settlements: What somebody settled, by breach.
        is_of_now: Whether nothing was written since the checks looked.
    """
    name, found = result.check.name.replace("_", " "), result.finding
    words = state_words(result, zone, settlements, is_of_now=is_of_now)
    is_broken = result.state is State.FAILED
    with st.expander(
        f"{words} · {name} · {result.check.table}", expanded=is_broken and position < 3
    ):
        st.text(result.check.description)
        if found is None:
            st.caption(NEVER_LOOKED)
        elif is_broken:
            _draw_rows(found, position, zone, settlements)
        elif is_of_now and result.state is State.PASSED:
            st.caption(NO_ROW_BREAKS_IT)
        else:
            st.caption(NO_ROW_BROKE_IT.format(moment=moment_of(result, zone)))


def _draw_rows(
    found: Finding, position: int, zone: ZoneInfo, settlements: Mapping[str, Settlement]
) -> None:
    """Draw the rows that are open, then those that somebody settled."""
    if len(found.rows) < found.breaches_count:
        st.caption(FIRST_BREACHES.format(first=first_of(len(found.rows), found.breaches_count)))
    known = [
        (row, settlements.get(breach))
        for row, breach in zip(found.rows, breach_ids(found), strict=True)
    ]
    rows = [row for row, settlement in known if settlement is None]
    if rows:
        columns = list(rows[0])
        table(typed(rows), columns, zone, key=f"findings_{position}")
        csv_button(
            ROWS_CSV,
            typed(rows),
            columns,
            file_name=f"{found.name}.csv",
            key=f"findings_csv_{position}",
        )
    settled = [with_settlement(row, said) for row, said in known if said is not None]
    if settled:
        st.markdown(f"**{SETTLED_TITLE}**")
        columns = [*(name for name in settled[0] if name not in SETTLED), *SETTLED]
        table(typed(settled), columns, zone, key=f"findings_settled_{position}")


def with_settlement(row: Mapping[str, Any], said: Settlement) -> dict[str, Any]:
    """Return a breach's row with what was said about it."""
    words = (SETTLEMENTS[said.kind], said.settled_by, said.settled_at, said.reason)
    return {**row, **dict(zip(SETTLED, words, strict=True))}
