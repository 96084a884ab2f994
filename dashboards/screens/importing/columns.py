"""One sheet of the import screen: what it is, its first rows, and which column is which."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from dashboards.imports.columns import FILES
from dashboards.imports.given import Sheet
from dashboards.imports.headings import SHOWN_ROWS, column_like
from dashboards.imports.mappings import ColumnMapping
from dashboards.imports.tables import Layout, layout_of
from dashboards.views.plain import literal
from dashboards.words import column_heading
from dashboards.words.imports import (
    IMPORT_COLUMNS,
    IMPORT_GUESSED,
    IMPORT_HEADINGS_IN,
    IMPORT_HIDDEN,
    IMPORT_LEFT_OUT,
    IMPORT_MISSING,
    IMPORT_NO_COLUMN,
    IMPORT_NOT_TAKEN,
    IMPORT_ONE_ROW,
    IMPORT_READ_AS,
    IMPORT_ROWS,
    IMPORT_TABLE,
    IMPORT_TABLES,
)

_SHOWN = 20
_SIDE_BY_SIDE = 4


def draw_sheet(sheet: Sheet, mapping: ColumnMapping, key: str) -> Layout | None:
    """Draw a sheet and return its layout as chosen; None: left out, or columns are missing."""
    guessed = layout_of(sheet, mapping)
    is_open = sheet.name not in mapping.left_out and not sheet.is_hidden
    with st.container(border=True):
        st.markdown(f"**{literal(sheet.shown)}**")
        if sheet.is_hidden:
            st.caption(IMPORT_HIDDEN)
        left, right, _ = st.columns([2, 1, 2])
        stem = left.selectbox(
            IMPORT_TABLE,
            [None, *FILES],
            index=[None, *FILES].index(guessed.stem if is_open else None),
            format_func=lambda one: IMPORT_LEFT_OUT if one is None else IMPORT_TABLES[one],
            key=f"{key}_table",
        )
        if stem is None:
            return None
        rows = sheet.first_rows(SHOWN_ROWS)
        at = right.selectbox(
            IMPORT_HEADINGS_IN,
            range(len(rows)),
            index=min(layout_of(sheet, mapping, stem).row, len(rows) - 1),
            format_func=lambda row: str(sheet.line_of(row)),
            key=f"{key}_row_{stem}",
        )
        layout = layout_of(sheet, mapping, stem, at)
        _draw_rows(sheet, layout)
        return _chosen(layout, f"{key}_{stem}_{at}")


def _draw_rows(sheet: Sheet, layout: Layout) -> None:
    """Draw the first rows below the headings."""
    below = sheet.first_rows(layout.row + 1 + _SHOWN)[layout.row + 1 :]
    count = sheet.rows_below(layout.row)
    rows_said = IMPORT_ONE_ROW if count == 1 else IMPORT_ROWS.format(count=count)
    st.caption(literal(IMPORT_READ_AS.format(read_as=sheet.read_as, rows=rows_said)))
    titles = [heading or IMPORT_NO_COLUMN for heading in layout.headings]
    unique = [f"{title} ({n})" if title in titles[:n] else title for n, title in enumerate(titles)]
    width = len(unique)
    cells = [dict(zip(unique, (row + [None] * width)[:width], strict=True)) for row in below]
    st.dataframe(cells, hide_index=True, height=min(38 + 35 * len(cells), 215))


def _chosen(layout: Layout, key: str) -> Layout | None:
    """Draw a box for each of our columns, and return the layout as chosen there."""
    assert layout.stem is not None
    guesses = _guesses(layout)
    places = [None, *(at for at, heading in enumerate(layout.headings) if heading)]
    chosen: dict[str, int] = {}
    with st.expander(IMPORT_COLUMNS, expanded=bool(_missing(layout.stem, layout.places))):
        boxes = st.columns(_SIDE_BY_SIDE)
        for number, name in enumerate(FILES[layout.stem]):
            guess = layout.places.get(name, guesses.get(name))
            place = boxes[number % _SIDE_BY_SIDE].selectbox(
                column_heading(name),
                places,
                index=places.index(guess),
                format_func=lambda at: IMPORT_NO_COLUMN if at is None else layout.headings[at],
                key=f"{key}_{name}",
            )
            if place is not None:
                chosen[name] = place
    taken = set(chosen.values())
    left_out = {
        heading for at, heading in enumerate(layout.headings) if heading and at not in taken
    }
    if left_out:
        st.caption(literal(IMPORT_NOT_TAKEN.format(headings=", ".join(sorted(left_out)))))
    if uncertain := sorted(name for name in guesses if chosen.get(name) == guesses[name]):
        st.warning(literal(IMPORT_GUESSED.format(columns=_said(uncertain))))
    if missing := _missing(layout.stem, chosen):
        st.error(literal(IMPORT_MISSING.format(columns=_said(missing))))
        return None
    return replace(layout, places=chosen, left_out=frozenset(left_out))


def _guesses(layout: Layout) -> dict[str, int]:
    """Guess by their letters the columns that no name tells."""
    found: dict[str, int] = {}
    taken = set(layout.places.values())
    for at, heading in enumerate(layout.headings):
        if heading and at not in taken and layout.stem is not None:
            name = column_like(layout.stem, heading)
            if name is not None and name not in layout.places:
                found.setdefault(name, at)
    return found


def _missing(stem: str, places: Mapping[str, int]) -> list[str]:
    """Name the columns that a table must have and nothing is chosen for."""
    return [name for name, one in FILES[stem].items() if not one.optional and name not in places]


def _said(columns: Sequence[str]) -> str:
    """Name columns as people do."""
    return ", ".join(column_heading(name) for name in columns)
