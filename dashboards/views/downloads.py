"""Rows in, a CSV file out: no cell is a formula, times are the site's, states are in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.exports.csv_text import csv_text
from dashboards.sessions.connections import config
from dashboards.words import file_words
from sql.amount_columns import columns_told
from sql.stretches import spelled_in

Rows = Iterable[Mapping[str, Any]]


def csv_button(
    label: str,
    rows: Rows | Callable[[], Rows],
    columns: Sequence[str],
    *,
    file_name: str,
    key: str,
) -> None:
    """Draw a button that downloads rows as CSV, written when somebody presses it."""
    st.download_button(
        label,
        data=lambda: csv_bytes(rows() if callable(rows) else rows, columns, config().zone),
        file_name=file_name,
        mime="text/csv",
        key=key,
        on_click="ignore",
        icon=":material/download:",
    )


def csv_bytes(rows: Rows, columns: Sequence[str], zone: ZoneInfo) -> bytes:
    """Write rows as UTF-8 CSV that spreadsheets read as UTF-8.

    Times are ISO 8601 as the site's clock showed them, with their offset; the heading names the
    zone. Beside kilograms that a row doesn't know exactly stands the bound that is known.
    """
    known = list(rows)
    told = columns_told(columns, known)
    timed = {name for name in told if any(_is_time(row.get(name)) for row in known)}
    headings = {name: f"{name} ({zone.key})" if name in timed else name for name in told}
    written = [
        {
            headings[name]: spelled_in(row, name, zone) or _written(name, row.get(name), zone)
            for name in told
        }
        for row in known
    ]
    return csv_text(written, list(headings.values())).encode("utf-8-sig")


def _is_time(value: Any) -> bool:
    return isinstance(value, datetime)


def _written(name: str, value: Any, zone: ZoneInfo) -> Any:
    """Write a time in the zone and a code word as a person says it."""
    return value.astimezone(zone) if isinstance(value, datetime) else file_words(name, value)
