"""The files of an import: opened, whatever they are, and their sheets understood as tables."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from dashboards.commands.import_files import Rejection
from dashboards.imports.archives import files_within
from dashboards.imports.columns import FILES
from dashboards.imports.csv_files import csv_sheet
from dashboards.imports.given import Sheet, Table, of_file
from dashboards.imports.mappings import ColumnMapping
from dashboards.imports.reading import Reading, Unreadable
from dashboards.imports.tables import CALL_IT, layout_of, table_of
from dashboards.imports.workbook_guards import is_workbook
from dashboards.imports.workbooks import book_sheets

# What folders and archives are searched for. A file named by itself is opened, whatever its name.
ENDINGS = {".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
OWNERS_NOTE = "~$"  # what Excel leaves beside a file that is open

Given = tuple[str, bytes]


def given_files(paths: Sequence[Path]) -> Iterator[Given | Rejection]:
    """Yield the files that paths mean, folders by what they hold; or what is wrong with a path."""
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found = [
            file for file in inside if file.is_file() and (file is path or _is_to_import(file.name))
        ]
        if not found:
            yield of_file(path.name, "is no file to import, nor a folder that holds one.")
        for file in found:
            yield file.name, file.read_bytes()


def unpacked(given: Iterable[Given | Rejection], reading: Reading) -> Iterator[Given | Rejection]:
    """Yield files as they are, and those of an archive (.zip) one by one; or what is wrong."""
    for one in given:
        if isinstance(one, Rejection):
            yield one
            continue
        try:
            found = files_within(one[1], reading.expanded_bytes)
        except Unreadable as unreadable:
            yield of_file(one[0], str(unreadable))
            continue
        if found is None:
            yield one
            continue
        inside = [file for file in found if _is_to_import(file[0])]
        yield from inside or [of_file(one[0], "is an archive that holds no file to import.")]


def _is_to_import(name: str) -> bool:
    """Tell by its name whether a file among others is meant."""
    return PurePath(name).suffix.lower() in ENDINGS and not name.startswith(OWNERS_NOTE)


def sheets_of(file: str, raw: bytes, reading: Reading) -> list[Sheet]:
    """Open a file: a workbook's sheets, else one of CSV.

    Raises:
        Unreadable: It can't be read; the text goes on from the file's name.
    """
    if is_workbook(raw):
        return [*book_sheets(file, raw, reading)]
    if not raw.strip():
        raise Unreadable("is empty.")
    return [csv_sheet(file, raw, reading)]


def chosen(sheets: Iterable[Sheet], reading: Reading, mapping: ColumnMapping) -> list[Sheet]:
    """Keep the sheets that are to be read: those named, else all that are seen and not empty."""
    if reading.sheets is not None:
        return [sheet for sheet in sheets if sheet.name in reading.sheets]
    return [
        sheet
        for sheet in sheets
        if not sheet.is_hidden and sheet.name not in mapping.left_out and sheet.first_rows(1)
    ]


def tables_of(
    given: Iterable[Given | Rejection],
    reading: Reading,
    mapping: ColumnMapping | None = None,
    *,
    pass_over: Callable[[str], object] | None = None,
) -> tuple[list[Table], list[Rejection], list[Rejection]]:
    """Read files as the tables they hold.

    Args:
        given: The files.
        reading: How they are read.
        mapping: What their columns mean where their names don't tell.
        pass_over: Told each sheet with cells that is left out, since its workbook hides it.

    Returns:
        The tables; what is wrong with files and headings, so that nothing more can be asked; and
        what is wrong with lines and cells.
    """
    known = mapping or ColumnMapping()
    tables: dict[str, Table] = {}
    wrong: list[Rejection] = []
    rejections: list[Rejection] = []
    for one in unpacked(given, reading):
        if isinstance(one, Rejection):
            wrong.append(one)
            continue
        file, raw = one
        try:
            sheets = sheets_of(file, raw, reading)
            for sheet in chosen(sheets, reading, known):
                _read(sheet, reading, known, tables, wrong, rejections)
            if pass_over is not None and reading.sheets is None:
                for sheet in sheets:
                    if sheet.is_hidden and sheet.first_rows(1):
                        pass_over(sheet.shown)
        except Unreadable as unreadable:
            wrong.append(of_file(file, str(unreadable)))
    return list(tables.values()), wrong, rejections


def _read(
    sheet: Sheet,
    reading: Reading,
    mapping: ColumnMapping,
    tables: dict[str, Table],
    wrong: list[Rejection],
    rejections: list[Rejection],
) -> None:
    """Read one sheet, and sort what comes of it."""
    layout = layout_of(sheet, mapping)
    if layout.stem is None:
        wrong.append(of_file(sheet.shown, f"is none of {', '.join(FILES)}. {CALL_IT}."))
        return
    if layout.stem in tables:
        other = tables[layout.stem].shown
        reason = f"is given twice: it holds {layout.stem}, as {other} does. Import one by one."
        wrong.append(of_file(sheet.shown, reason))
        return
    table, found = table_of(sheet, layout, reading)
    if table is None:
        wrong += found
    else:
        tables[layout.stem] = table
        rejections += found
