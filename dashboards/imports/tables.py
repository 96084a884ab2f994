"""From sheets to tables: which table a sheet is, where its headings are, and what they mean."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from dashboards.commands.import_files import HEADER_LINE, Rejection
from dashboards.imports.columns import FILES
from dashboards.imports.given import LINE, Sheet, Table, of_file
from dashboards.imports.headings import (
    SHOWN_ROWS,
    column_called,
    columns_called,
    header_of,
    plain,
    table_called,
)
from dashboards.imports.mappings import ColumnMapping, TableMapping
from dashboards.imports.reading import Reading

CALL_IT = "Call the file or sheet after its table, or map it by hand"
LEAVE_OUT = "Leave it out of the file, or map the file's columns by hand and leave it out there."


@dataclass(frozen=True)
class Layout:
    """Where a sheet's table is: which, on which of its first rows the headings, and what they mean.

    Attributes:
        stem: The table; None: nobody knows.
        row: The place of the row of headings.
        headings: What stands in it.
        places: Our columns to their headings' places.
        left_out: Headings left out on purpose.
    """

    stem: str | None
    row: int
    headings: Sequence[str | None]
    places: Mapping[str, int]
    left_out: frozenset[str] = frozenset()


def layout_of(
    sheet: Sheet, mapping: ColumnMapping, stem: str | None = None, at: int | None = None
) -> Layout:
    """Find a sheet's table and headings, by a mapping first, else by their names.

    Where whoever imports says them: `stem`, the table; `at`, the place of the row of headings.
    """
    rows = sheet.first_rows(SHOWN_ROWS)
    stem = stem or mapping.stem_of(sheet.name) or table_called(sheet.name)
    for one in [stem] if stem else mapping.tables:
        mapped = mapping.tables.get(one)
        if mapped is None or not mapped.columns:
            continue
        found = [
            len(mapped.places(row)) if at in (None, place) else 0 for place, row in enumerate(rows)
        ]
        if found and max(found) == len(mapped.columns):
            row = found.index(max(found))
            return Layout(one, row, rows[row], mapped.places(rows[row]), mapped.left_out)
    row, stem = header_of(rows, stem) if at is None else (at, stem)
    headings = rows[row] if row < len(rows) else []
    places = columns_called(stem, headings) if stem else {}
    left_out = mapping.tables.get(stem or "", TableMapping()).left_out
    return Layout(stem, row, headings, places, left_out)


def table_of(
    sheet: Sheet, layout: Layout, reading: Reading
) -> tuple[Table | None, list[Rejection]]:
    """Read a sheet as the table it is; None where its headings can't be understood.

    Raises:
        Unreadable: The sheet can't be read.
    """
    stem = layout.stem
    if stem is None:
        return None, [of_file(sheet.shown, f"is none of {', '.join(FILES)}. {CALL_IT}.")]
    cells = sheet.cells_below(layout.row)
    line = sheet.line_of(layout.row)
    named = {place: name for name, place in layout.places.items()}
    wrong = [
        Rejection(sheet.shown, line, column, None, reason)
        for column, reason in _wrong_headings(stem, layout, cells.frame)
    ]
    titles = {str(place): heading for place, heading in enumerate(layout.headings) if heading}
    rejections = [
        Rejection(sheet.shown, one.line, titles.get(one.column, one.column), one.value, one.reason)
        for one in cells.rejections
        if not one.column.isdecimal() or int(one.column) in named
    ]
    if wrong:
        return None, [*wrong, *rejections]
    frame = cells.frame.select(
        pl.col(str(place)).alias(name) for name, place in layout.places.items()
    )
    if list(cells.lines) != list(range(HEADER_LINE + 1, HEADER_LINE + 1 + frame.height)):
        frame = frame.with_columns(pl.Series(LINE, cells.lines, dtype=pl.Int64))
    return (
        Table(
            stem,
            frame,
            sheet.shown,
            {name: layout.headings[place] or name for name, place in layout.places.items()},
            reading.decimal,
            sheet.point,
            frozenset(name for name, place in layout.places.items() if place in cells.numbers),
            is_workbook=sheet.file != sheet.shown,
        ),
        rejections,
    )


def wrong_headings(
    stem: str, headings: Sequence[str | None], places: Mapping[str, int], left_out: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Find headings that mean nothing, or the same as another, and columns that are missing."""
    ours = {place: name for name, place in places.items()}
    passed_over = {plain(heading) for heading in left_out}
    for place, heading in enumerate(headings):
        if place in ours or heading is None or plain(heading) in passed_over:
            continue
        name = column_called(stem, heading)
        if name is None or name not in places:
            yield (
                heading,
                f"is no column of this file; it has {', '.join(FILES[stem])}. {LEAVE_OUT}",
            )
        elif heading == headings[places[name]]:
            yield heading, "stands in the header twice."
        else:
            yield heading, f"means {name}, as {headings[places[name]]} does. {LEAVE_OUT}"
    for name, column in FILES[stem].items():
        if not column.optional and name not in places:
            yield name, "is missing from the header."


def _wrong_headings(stem: str, layout: Layout, frame: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Find what is wrong with a layout; columns without heading may hold nothing."""
    yield from wrong_headings(stem, layout.headings, layout.places, sorted(layout.left_out))
    for place, name in enumerate(frame.columns):
        is_headed = place < len(layout.headings) and layout.headings[place]
        if not is_headed and not frame[name].is_null().all():
            yield f"column {place + 1}", "has cells and no heading. Name it, or empty it."
