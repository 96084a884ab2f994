"""Import of a folder of CSV files: read, checked cell by cell, then one command.

Nothing stops at the first mistake: every line that can't be taken is named, and the rules that
only the record knows are asked in the same go. A cell is read once per distinct value, since
columns repeat themselves. How a file or a cell is read is said elsewhere: `csv_files`, `columns`.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from dashboards.commands.authority import Person
from dashboards.commands.import_files import HEADER_LINE, ImportRejected, Rejection, Rows
from dashboards.commands.import_writing import Progress
from dashboards.commands.importing import import_rows
from dashboards.commands.refusals import BadValue
from dashboards.imports.columns import FILES, Column
from dashboards.imports.csv_files import LINE, read_files, wrong_header
from sql.record.transactions import Transaction

__all__ = ["ImportRejected", "Rejection", "import_folder", "import_frames", "read_folder"]


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
    frames, unreadable = read_files(paths)
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
    frames, unreadable = read_files(paths)
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
        wrong = list(wrong_header(stem, [name for name in frame.columns if name != LINE]))
        rejections += wrong
        if not wrong:
            files[stem], found = _check(stem, frame)
            rejections += [one for one in found if (one.file, one.line) not in spoilt]
            if progress is not None:
                progress(stem, frame.height)
    return import_rows(transaction, files, by=by, rejections=rejections, progress=progress)


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
