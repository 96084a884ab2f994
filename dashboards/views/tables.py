"""Rows in, a table out: each column typed, so that whoever sorts one by its heading sorts right."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboards.views.column_types import local, typed_column
from dashboards.views.columns import column_shown
from dashboards.views.printed import printed
from dashboards.views.table_heights import Height, height_of
from sql.amount_columns import columns_told
from sql.stretches import spelled_in

Rows = Iterable[Mapping[str, Any]]
_FEW = 6  # columns that a tablet shows side by side
# What is seldom so: such a column stands where a row has something to say in it.
_ASIDE = {
    "late",
    "void_late",
    "assessment_late",
    "checklist",
    "withdrawn",
    "lower_bound",
    "upper_bound",
    "wanted_word",
}
Select = Literal["ignore", "rerun"] | Callable[[], None]


def table(
    rows: Rows,
    columns: Sequence[str],
    zone: ZoneInfo,
    *,
    key: str,
    select: Select = "ignore",
    height: Height = "auto",
    several: bool = False,
) -> Any:
    """Draw rows as a table of the named columns.

    Args:
        rows: One mapping a row.
        columns: Which of their values to show, in this order; beside kilograms that a row doesn't
            know exactly stands the bound that is known (`sql.amounts`). The first names what a row
            is about: it stays in view where there are many. What is seldom so is left out where no
            row says it.
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
    whole = frame(known, columns_told(columns, known), zone)
    drawn = whole.select([one.name for one in whole if one.name not in _ASIDE or _is_filled(one)])
    # One part of the page, as a sentence in its place is: else an expander below would close.
    with st.container():
        return _drawn(drawn, zone, key, select, height, several=several)


def _drawn(
    drawn: pl.DataFrame,
    zone: ZoneInfo,
    key: str,
    select: Select,
    height: Height,
    *,
    several: bool,
) -> Any:
    """Draw a frame for the screen, and beside it for paper; return the state of the first."""
    grid = st.dataframe(
        drawn,
        hide_index=True,
        key=key,
        on_select=select,
        selection_mode="multi-row" if several else "single-row",
        height=height_of(drawn, height),
        placeholder="–",
        column_order=drawn.columns,
        column_config={
            one.name: column_shown(one, zone, is_pinned=at == 0 and drawn.width > _FEW)
            for at, one in enumerate(drawn)
        },
    )
    st.html(printed(drawn))
    return grid


def frame(rows: Rows, columns: Sequence[str], zone: ZoneInfo) -> pl.DataFrame:
    """Return rows as a typed frame: moments in the site's zone, ages in hours, kilograms."""
    known = list(rows)
    return pl.DataFrame([typed_column(name, known, zone) for name in columns])


def _is_filled(column: pl.Series) -> bool:
    """Tell whether any row has a value in the column."""
    return column.null_count() < len(column)


def chosen_rows(drawn: Any, count: int) -> list[int]:
    """Return the rows chosen in a table of so many; those of an earlier table are left out."""
    return [row for row in drawn.selection.rows if row < count]


def local_of(row: Mapping[str, Any], zone: ZoneInfo) -> str:
    """Say when something happened, as precise as that is known: a moment, a day or a month."""
    return spelled_in(row, "happened_at", zone) or local(row["happened_at"], zone)
