"""The versions of the process, newest first, and what each of them changed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.process import Process
from dashboards.commands.process.differences import differences
from dashboards.views.plain import literal
from dashboards.views.tables import chosen_rows, table
from dashboards.words.plant import PLANT_BEGAN, PLANT_HISTORY, PLANT_SAME, PLANT_VERSION

COLUMNS = ["version", "process", "recorded_at", "applied_by", "reason"]
_INSTANT = timedelta(microseconds=1)


def draw_history(
    history: Sequence[Mapping[str, Any]],
    zone: ZoneInfo,
    process_at: Callable[[datetime | None], Process],
) -> None:
    """Draw the versions, numbered from the first, and what the chosen one changed.

    Args:
        history: The versions, newest first.
        zone: In which zone to show times.
        process_at: Returns the process as it was in force at a moment; None: now.
    """
    rows = [
        {**row, "version": len(history) - at, "process": row["name"]}
        for at, row in enumerate(history)
    ]
    st.caption(PLANT_HISTORY)
    drawn = table(rows, COLUMNS, zone, key="plant_history", height="content", select="rerun")
    for at in chosen_rows(drawn, len(rows)):
        st.markdown(f"#### {PLANT_VERSION.format(version=rows[at]['version'])}")
        if at + 1 == len(history):
            st.markdown(PLANT_BEGAN)
            continue
        changes = differences(process_at(_until(history, at + 1)), process_at(_until(history, at)))
        for said in map(str, changes):
            st.markdown(f"- {literal(said)}")
        if not changes:
            st.markdown(PLANT_SAME)


def _until(history: Sequence[Mapping[str, Any]], at: int) -> datetime | None:
    """Return the last moment at which a version was in force; None: it is still."""
    return None if at == 0 else history[at - 1]["recorded_at"] - _INSTANT
