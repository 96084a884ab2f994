"""Rows in, a CSV file out that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_button(
    label: str,
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str],
    *,
    file_name: str,
    key: str,
) -> None:
    """Draw a button that downloads rows as CSV."""
    st.download_button(
        label,
        data=csv_bytes(rows, columns),
        file_name=file_name,
        mime="text/csv",
        key=key,
        on_click="ignore",
        icon=":material/download:",
    )


def csv_bytes(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    """Write rows as UTF-8 CSV that spreadsheets read as UTF-8; times are ISO 8601."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(row.get(name)) for name in columns])
    return text.getvalue().encode("utf-8-sig")


def harmless(value: Any) -> Any:
    """Keep text that starts like a formula from being one; numbers stay numbers."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
