"""Rows in, a table out: headings, units, states in words, times in the site's zone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.states import (
    age,
    decision_words,
    disposition_words,
    signature_words,
    withdrawn_words,
)
from dashboards.words import (
    ACCOUNT,
    BALANCE,
    COLUMNS,
    DECISIONS,
    DISPOSITIONS,
    EVIDENCE,
    ROW_DIRECTIONS,
    WITHIN,
)

Rows = Iterable[Mapping[str, Any]]

_WORDS = {
    "disposition": disposition_words,
    "decision": decision_words,
    "within": WITHIN.get,
    "is_active": ACCOUNT.get,
    "gives_out_too_much": BALANCE.get,
    "evidence": EVIDENCE.get,
    "direction": ROW_DIRECTIONS.get,
    "age_hours": age,
    "hours": age,
    "gate_number": lambda number: None if number is None else f"{float(number):g}",
}

_BARS = {"bad_share", "good_share", "suspicion"}
_CHIPS = {"disposition": DISPOSITIONS, "decision": DECISIONS}


def table(
    rows: Rows,
    columns: Sequence[str],
    zone: ZoneInfo,
    *,
    key: str,
    select: Any = "ignore",
    height: int | str = "auto",
) -> Any:
    """Draw rows as a table of the named columns.

    Args:
        rows: One mapping a row.
        columns: Which of their values to show, in this order.
        zone: In which zone to show times.
        key: The table's key.
        select: Callback for a row that is selected; nothing is selectable without one.
        height: The table's height.

    """
    shown = [{name: _cell(name, row.get(name), zone, row) for name in columns} for row in rows]
    selecting = {} if select == "ignore" else {"selection_mode": "single-row"}
    return st.dataframe(
        shown,
        hide_index=True,
        key=key,
        on_select=select,
        height=height,
        placeholder="–",
        column_order=columns,
        column_config={name: _column(name) for name in columns},
        **selecting,
    )


def chosen_rows(drawn: Any, count: int) -> list[int]:
    """Give the rows that are selected in a table of so many; those of an earlier one are gone."""
    return [row for row in drawn.selection.rows if row < count]


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """Say a moment as the site's clock shows it."""
    return "–" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _cell(name: str, value: Any, zone: ZoneInfo, row: Mapping[str, Any]) -> Any:
    """Turn one value into what the table shows."""
    if name == "signature":
        return signature_words(row, zone)
    if name == "withdrawn":
        return withdrawn_words(row, zone)
    if name in _WORDS:
        words = _WORDS[name](value)
        return [words] if name in _CHIPS else words
    if isinstance(value, datetime):
        return local(value, zone)
    return float(value) if isinstance(value, Decimal) else value


def _column(name: str) -> Any:
    """Give a column its heading and number format."""
    heading = COLUMNS.get(name, name.replace("_", " ").capitalize())
    if name in _CHIPS:
        options, colours = zip(
            *((f"{mark} {word}", colour) for mark, word, colour in _CHIPS[name].values()),
            strict=True,
        )
        return st.column_config.MultiselectColumn(heading, options=options, color=colours)
    if name in _BARS:
        return st.column_config.ProgressColumn(heading, format="percent", min_value=0, max_value=1)
    if name.endswith("_kg"):
        return st.column_config.NumberColumn(heading, format="localized")
    if name in ("share", "weight") or name.endswith("_ratio"):
        return st.column_config.NumberColumn(heading, format="percent")
    return st.column_config.Column(heading)
