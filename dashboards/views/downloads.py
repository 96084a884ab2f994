"""Rows in, a CSV file out that no spreadsheet takes for formulas."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.exports.csv_text import csv_text

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
        data=lambda: csv_bytes(rows() if callable(rows) else rows, columns),
        file_name=file_name,
        mime="text/csv",
        key=key,
        on_click="ignore",
        icon=":material/download:",
    )


def csv_bytes(rows: Rows, columns: Sequence[str]) -> bytes:
    """Write rows as UTF-8 CSV that spreadsheets read as UTF-8; times are ISO 8601."""
    return csv_text(rows, columns).encode("utf-8-sig")
