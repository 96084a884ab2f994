"""Rows in, a CSV file out that no spreadsheet takes for formulas."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.spreadsheet import csv_text


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
    return csv_text(rows, columns).encode("utf-8-sig")
