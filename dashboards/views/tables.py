"""Rows in, a table out: each column typed, so that whoever sorts one by its heading sorts right."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards.views.columns import column_shown, typed_column
from sql.amounts import columns_told

Rows = Iterable[Mapping[str, Any]]
Select = Literal["ignore", "rerun"] | Callable[[], None]


def table(
    rows: Rows,
    columns: Sequence[str],
    zone: ZoneInfo,
    *,
    key: str,
    select: Select = "ignore",
    height: int | Literal["auto", "content", "stretch"] = "auto",
    several: bool = False,
) -> Any:
    """Draw rows as a table of the named columns.

    Args:
        rows: One mapping a row.
        columns: Which of their values to show, in this order; beside kilograms that a row doesn't
            know exactly stands the bound that is known (`sql.amounts`).
        zone: In which zone to show times.
        key: The table's key.
        select: What follows when a row is chosen: a callback, or a new run. By default no row can
            be chosen.
        height: The table's height.
        several: Several rows can be chosen.

    Returns:
        The table's state, with the chosen row under `selection.rows`.
    """
    known = list(rows)
    told = columns_told(columns, known)
    shown = frame(known, told, zone)
    return st.dataframe(
        shown,
        hide_index=True,
        key=key,
        on_select=select,
        selection_mode="multi-row" if several else "single-row",
        height=height,
        placeholder="–",
        column_order=told,
        column_config={name: column_shown(name, zone, shown.schema[name]) for name in told},
    )


def frame(rows: Rows, columns: Sequence[str], zone: ZoneInfo) -> pl.DataFrame:
    """Return rows as a typed frame: moments in the site's zone, ages in hours, kilograms."""
    known = list(rows)
    return pl.DataFrame([typed_column(name, known, zone) for name in columns])


def chosen_rows(drawn: Any, count: int) -> list[int]:
    """Return the rows chosen in a table of so many; those of an earlier table are left out."""
    return [row for row in drawn.selection.rows if row < count]


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """Say a moment as the site's clock shows it."""
    return "–" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
