"""The import folder's files: from bytes to frames of text, each row with its line.

What is wrong with a file as a file is told here: its name, its header, its encoding, its rows'
lengths. What a cell means is never asked, and nothing is imported.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from dashboards.commands.import_files import HEADER_LINE, Rejection
from dashboards.imports.columns import FILES
from dashboards.imports.dialects import foreign_dialect, text_of

# Carries each row's line where blank lines or line breaks in cells make it differ from its place.
LINE = "#line"


def read_files(paths: Sequence[Path]) -> tuple[dict[str, pl.DataFrame], list[Rejection]]:
    """Read every file, and say what is wrong with those that can't be read as they should."""
    frames: dict[str, pl.DataFrame] = {}
    rejections: list[Rejection] = []
    for path in paths:
        files = _csv_files(path)
        if not files:
            rejections.append(_of_file(path.name, "is no CSV file, nor a folder that holds one."))
        for file in files:
            if file.stem not in FILES:
                rejections.append(_of_file(file.name, f"is none of {', '.join(FILES)}."))
            elif file.stem in frames:
                rejections.append(_of_file(file.name, "is given twice."))
            else:
                frame, found = _read_file(file)
                rejections += found
                if frame is not None:
                    frames[file.stem] = frame
    return frames, rejections


def _csv_files(path: Path) -> list[Path]:
    """List the CSV files that a path means: those in a folder, or the file itself."""
    inside = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file for file in inside if file.suffix.lower() == ".csv" and file.is_file()]


def _read_file(file: Path) -> tuple[pl.DataFrame | None, list[Rejection]]:
    """Read one file, or say what is wrong with it: once where its dialect is, else line by line."""
    raw = file.read_bytes()
    foreign = foreign_dialect(raw, FILES[file.stem])
    if foreign is not None:
        return None, [_of_file(file.name, foreign)]
    content = text_of(raw)
    rejections: list[Rejection] = []
    lines = _lines(file.name, content, rejections)
    _, header = next(lines, (HEADER_LINE, []))
    rejections += wrong_header(file.stem, header)
    if rejections:
        return None, rejections
    numbers, rows = [], []
    for number, row in lines:
        if len(row) != len(header):
            reason = f"has {len(row)} cells; the header has {len(header)}."
            rejections.append(Rejection(file.name, number, "", None, reason))
            row = (row + [""] * len(header))[: len(header)]
        numbers.append(number)
        rows.append(row)
    if not content.isascii():
        rows = _without_surrogates(file.name, header, numbers, rows, rejections)
    cells = zip(*rows, strict=True) if rows else [()] * len(header)
    columns = {
        name: pl.Series([cell or None for cell in column], dtype=pl.String)
        for name, column in zip(header, cells, strict=True)
    }
    if numbers != list(range(HEADER_LINE + 1, HEADER_LINE + 1 + len(numbers))):
        columns[LINE] = pl.Series(map(str, numbers), dtype=pl.String)
    return pl.DataFrame(columns), rejections


def _lines(file: str, content: str, rejections: list[Rejection]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins on; blank lines are passed over."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as unreadable:
            reason = f"can't be read as CSV: {unreadable}."
            rejections.append(Rejection(file, begins, "", None, reason))
            continue
        if row:
            yield begins, row


def _without_surrogates(
    file: str,
    header: list[str],
    numbers: list[int],
    rows: list[list[str]],
    rejections: list[Rejection],
) -> list[list[str]]:
    """Reject each cell that is no UTF-8, and return the rows with such bytes shown as U+FFFD."""
    clean = []
    for number, row in zip(numbers, rows, strict=True):
        shown = [cell.encode(errors="surrogateescape").decode(errors="replace") for cell in row]
        for name, cell, kept in zip(header, row, shown, strict=True):
            if cell != kept:
                reason = "is not UTF-8. Save the file as CSV UTF-8."
                rejections.append(Rejection(file, number, name, kept, reason))
        clean.append(shown)
    return clean


def wrong_header(stem: str, header: Sequence[str]) -> Iterator[Rejection]:
    """Find columns that are unknown, stand twice, or are missing."""
    file = f"{stem}.csv"
    if stem not in FILES:
        yield _of_file(file, f"is none of {', '.join(FILES)}.")
        return
    for place, name in enumerate(header):
        shown = name.encode(errors="surrogateescape").decode(errors="replace")
        if name not in FILES[stem]:
            reason = f"is no column of this file; it has {', '.join(FILES[stem])}."
            yield Rejection(file, HEADER_LINE, shown, None, reason)
        elif name in header[:place]:
            yield Rejection(file, HEADER_LINE, shown, None, "stands in the header twice.")
    for name, column in FILES[stem].items():
        if not column.optional and name not in header:
            yield Rejection(file, HEADER_LINE, name, None, "is missing from the header.")


def _of_file(file: str, reason: str) -> Rejection:
    """Reject a file as a whole."""
    return Rejection(file, HEADER_LINE, "", None, reason)
