"""Import of a folder of CSV files: read, checked cell by cell, then one command.

`FILES` says which columns each file may have and how a cell is read. Nothing stops at the first
mistake: every line that can't be taken is named, and the rules that only the record knows are
asked in the same go. A cell is read once per distinct value, since columns repeat themselves.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import polars as pl

from dashboards.commands import values
from dashboards.commands.authority import Person
from dashboards.commands.importing import (
    HEADER_LINE,
    ImportRejected,
    Progress,
    Rejection,
    Rows,
    as_object,
    import_rows,
)
from dashboards.commands.refusals import BadValue
from sql.record import Transaction
from sql.vocabulary import Decision, LotType, PartnerRole, RunStatus

__all__ = ["ImportRejected", "Rejection", "import_folder", "import_frames", "read_folder"]

# Carries each row's line where blank lines or line breaks in cells make it differ from its place.
LINE = "#line"

READING_PLACES = values.READING_PLACES
LARGEST_READING = Decimal("999999999999.999999")
LARGEST_TARGET_KG = Decimal("999999999.999")
PLACES_OF_GATES = 1

Reader = Callable[[str, str], Any]


@dataclass(frozen=True)
class Column:
    """How the cells of a column are read, and whether column and cells may be missing."""

    read: Reader
    optional: bool = False
    filled: bool = False
    default: Any = None


def _text(longest: int) -> Reader:
    """Read free text of at most so many characters."""
    return lambda cell, field: values.free_text(cell, field, longest=longest)


def _word(words: type[StrEnum]) -> Reader:
    """Read one of the words that the record knows."""

    def read(cell: str, field: str) -> str:
        if cell not in set(words):
            raise BadValue(f"{field} must be one of {' '.join(words)}.", field=field)
        return cell

    return read


def _number(places: int, lowest: Decimal, highest: Decimal) -> Reader:
    """Read a number with its bounds."""
    return lambda cell, field: values.number(
        cell, field, lowest=lowest, highest=highest, places=places
    )


def _time(cell: str, field: str) -> datetime:
    """Read an ISO 8601 time that says its offset."""
    try:
        return values.moment(datetime.fromisoformat(cell), field)
    except (ValueError, OverflowError) as unreadable:
        raise BadValue(
            f"{field} must be a time with offset, such as 2026-03-09T06:30:00+01:00.", field=field
        ) from unreadable


def _day(cell: str, field: str) -> date:
    """Read an ISO 8601 date."""
    try:
        return date.fromisoformat(cell)
    except ValueError as unreadable:
        raise BadValue(f"{field} must be a date such as 2026-03-09.", field=field) from unreadable


def _object(cell: str, field: str) -> str:
    """Read a JSON object and give its text, once it is sure that PostgreSQL can keep it."""
    try:
        found = as_object(cell)
        if not isinstance(found, dict) or not all(map(_can_be_kept, _strings(found))):
            raise ValueError("no object, or text that can't be kept")
    except (ValueError, ArithmeticError, RecursionError) as unreadable:
        raise BadValue(
            f'{field} must be a JSON object such as {{"colour": "red"}}, without NaN, Infinity '
            "or U+0000.",
            field=field,
        ) from unreadable
    return cell


def _strings(found: Any) -> Iterator[str]:
    """Give every string in a JSON value, names of fields included."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for name, value in found.items():
            yield name
            yield from _strings(value)
    elif isinstance(found, list):
        for value in found:
            yield from _strings(value)


def _can_be_kept(string: str) -> bool:
    """Tell whether PostgreSQL can keep a string: no U+0000, no half of a surrogate pair."""
    return "\0" not in string and not any("\ud800" <= letter <= "\udfff" for letter in string)


CODE = Column(values.code, filled=True)
CODE_OR_NOTHING = Column(values.code)
MORE_CODE = Column(values.code, optional=True)
MORE_TEXT = Column(_text(values.LONGEST_TEXT), optional=True)
MORE_SHORT_TEXT = Column(_text(values.LONGEST_CODE), optional=True)
NAME = Column(_text(values.LONGEST_TEXT), filled=True)
TIME = Column(_time, filled=True)
WEIGHT = Column(values.weight_kg)
MORE_CELSIUS = Column(values.temperature_c, optional=True)
MORE_GATE = Column(_number(PLACES_OF_GATES, Decimal(0), Decimal("999.9")), optional=True)

FILES: dict[str, dict[str, Column]] = {
    "products": {"product_code": CODE, "name": NAME, "gtin": MORE_SHORT_TEXT},
    "partners": {
        "partner_code": CODE,
        "name": NAME,
        "role": Column(_word(PartnerRole), filled=True),
        "gln": MORE_SHORT_TEXT,
        "address": MORE_TEXT,
        "phone": MORE_TEXT,
        "email": MORE_TEXT,
    },
    "production_runs": {
        "run_code": CODE,
        "status": Column(_word(RunStatus), optional=True, default=RunStatus.ACTIVE),
        "daily_target_kg": Column(
            _number(values.KILOGRAM_PLACES, Decimal(0), LARGEST_TARGET_KG), optional=True
        ),
        "started_at": Column(_time, optional=True),
        "ended_at": Column(_time, optional=True),
    },
    "lots": {
        "lot_code": CODE,
        "lot_type": Column(_word(LotType)),
        "product_code": CODE_OR_NOTHING,
        "weight_kg": WEIGHT,
        "happened_at": TIME,
        "supplier_code": MORE_CODE,
        "supplier_lot_code": MORE_SHORT_TEXT,
        "run_code": MORE_CODE,
        "temperature_c": MORE_CELSIUS,
        "expires_on": Column(_day, optional=True),
        "metadata": Column(_object, optional=True, default="{}"),
    },
    "genealogy": {
        "parent_lot_code": CODE,
        "child_lot_code": CODE,
        "quantity_kg": WEIGHT,
        "happened_at": TIME,
    },
    "readings": {
        "lot_code": CODE,
        "characteristic": CODE,
        "value": Column(_number(READING_PLACES, -LARGEST_READING, LARGEST_READING), filled=True),
        "unit": CODE,
        "happened_at": TIME,
        "gate_number": MORE_GATE,
    },
    "qc_decisions": {
        "lot_code": CODE,
        "decision": Column(_word(Decision), filled=True),
        "happened_at": TIME,
        "gate_number": MORE_GATE,
        "notes": MORE_TEXT,
        "temperature_c": MORE_CELSIUS,
        "decided_by": MORE_TEXT,
    },
    "shipments": {
        "shipment_code": CODE,
        "lot_code": CODE,
        "customer_code": CODE,
        "quantity_kg": WEIGHT,
        "happened_at": TIME,
        "document": MORE_SHORT_TEXT,
        "sscc": Column(_text(40), optional=True),
    },
}


def import_folder(
    transaction: Transaction,
    paths: Sequence[Path],
    *,
    by: Person | None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Read a folder or files and add them to the record; arguments as for `import_frames`.

    Raises:
        NotPermitted: The person may not import.
        ImportRejected: Names what can't be read together with what can't be taken.

    """
    frames, unreadable = _read(paths)
    return _import(transaction, frames, unreadable, by, progress)


def import_frames(
    transaction: Transaction,
    frames: Mapping[str, pl.DataFrame],
    *,
    by: Person | None,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Check frames of text cell by cell and add to the record what it does not hold yet.

    Args:
        transaction: Open transaction; nothing is committed here.
        frames: By file stem; every column text, an empty cell null.
        by: The signed-in person; None: whoever runs the server's own terminal.
        progress: Told the stem and the rows checked, then the stem and the rows added.

    Returns:
        Rows added by stem, all eight, in the order they were written.

    Raises:
        NotPermitted: The person may not import.
        ImportRejected: At least one cell can't be taken; nothing was saved.

    """
    return _import(transaction, frames, [], by, progress)


def read_folder(paths: Sequence[Path]) -> dict[str, pl.DataFrame]:
    """Read the CSV files of a folder, or the files named, as text; an empty cell is null.

    Returns:
        A frame by file stem. Where blank lines or line breaks in cells move the rows off their
        lines, a column `#line` keeps each row's line.

    Raises:
        ImportRejected: A file is unknown, no UTF-8, ragged, or its header is wrong.

    """
    frames, unreadable = _read(paths)
    if unreadable:
        raise ImportRejected(unreadable)
    return frames


def _import(
    transaction: Transaction,
    frames: Mapping[str, pl.DataFrame],
    unreadable: list[Rejection],
    by: Person | None,
    progress: Progress | None,
) -> dict[str, int]:
    """Check every frame, then ask the record, so that one refusal tells everything."""
    rejections, files = list(unreadable), {}
    spoilt = {(rejection.file, rejection.line) for rejection in unreadable}
    for stem, frame in frames.items():
        wrong = list(_wrong_header(stem, [name for name in frame.columns if name != LINE]))
        rejections += wrong
        if not wrong:
            files[stem], found = _check(stem, frame)
            rejections += [one for one in found if (one.file, one.line) not in spoilt]
            if progress is not None:
                progress(stem, frame.height)
    return import_rows(transaction, files, by=by, rejections=rejections, progress=progress)


def _read(paths: Sequence[Path]) -> tuple[dict[str, pl.DataFrame], list[Rejection]]:
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
    """Give the CSV files that a path means: those in a folder, or the file itself."""
    inside = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file for file in inside if file.suffix.lower() == ".csv" and file.is_file()]


def _read_file(file: Path) -> tuple[pl.DataFrame | None, list[Rejection]]:
    """Read one file; bytes that are no UTF-8 become lone surrogates, so that each is found."""
    content = file.read_bytes().decode("utf-8-sig", errors="surrogateescape")
    rejections: list[Rejection] = []
    lines = _lines(file.name, content, rejections)
    _, header = next(lines, (HEADER_LINE, []))
    rejections += _wrong_header(file.stem, header)
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
    """Give each row with the line it begins on; blank lines are passed over."""
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
    """Reject each cell that is no UTF-8, and give the rows with such bytes shown as U+FFFD."""
    clean = []
    for number, row in zip(numbers, rows, strict=True):
        shown = [cell.encode(errors="surrogateescape").decode(errors="replace") for cell in row]
        for name, cell, kept in zip(header, row, shown, strict=True):
            if cell != kept:
                reason = "is not UTF-8. Save the file as CSV UTF-8."
                rejections.append(Rejection(file, number, name, kept, reason))
        clean.append(shown)
    return clean


def _wrong_header(stem: str, header: Sequence[str]) -> Iterator[Rejection]:
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


def _check(stem: str, frame: pl.DataFrame) -> tuple[Rows, list[Rejection]]:
    """Read every cell of a file as what its column holds."""
    given = frozenset(FILES[stem]).intersection(frame.columns)
    lines = (
        [int(line) for line in frame[LINE]]
        if LINE in frame.columns
        else range(HEADER_LINE + 1, HEADER_LINE + 1 + frame.height)
    )
    columns, rejections = {}, []
    for name, column in FILES[stem].items():
        if name in given:
            columns[name], found = _check_column(stem, name, column, lines, frame[name].to_list())
            rejections += found
        else:
            columns[name] = [column.default] * frame.height
    rows = Rows(lines, columns, given)
    if stem == "production_runs":
        rejections += _ends_too_early(rows)
    return rows, rejections


def _check_column(
    stem: str, name: str, column: Column, lines: Sequence[int], cells: list[str | None]
) -> tuple[list[Any], list[Rejection]]:
    """Read each distinct cell of a column once, and reject every line that holds a bad one."""
    read: dict[str | None, Any] = {}
    reasons: dict[str | None, str] = {}
    for cell in set(cells):
        try:
            read[cell] = column.default if cell is None else column.read(cell, name)
        except BadValue as bad:
            read[cell], reasons[cell] = None, str(bad)
        else:
            if column.filled and read[cell] is None:
                reasons[cell] = f"{name} must not be empty."
    rejections = [
        Rejection(f"{stem}.csv", line, name, cell, reasons[cell])
        for line, cell in (zip(lines, cells, strict=True) if reasons else ())
        if cell in reasons
    ]
    return [read[cell] for cell in cells], rejections


def _ends_too_early(runs: Rows) -> Iterable[Rejection]:
    """Find production runs that end before they start."""
    times = zip(runs.lines, runs.columns["started_at"], runs.columns["ended_at"], strict=True)
    for line, started_at, ended_at in times:
        if started_at is not None and ended_at is not None and ended_at < started_at:
            reason = f"lies before started_at, {started_at.isoformat()}."
            yield Rejection("production_runs.csv", line, "ended_at", ended_at.isoformat(), reason)
