"""Check a table's rows cell by cell.

A distinct value is read once, since columns repeat themselves.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.commands.import_files import HEADER_LINE, Rejection, Rows
from dashboards.commands.refusals import BadValue
from dashboards.commands.results import unit_of
from dashboards.imports.amounts import put_together
from dashboards.imports.cell_readers import cell_readers
from dashboards.imports.column_kinds import Column
from dashboards.imports.columns import FILES
from dashboards.imports.given import LINE, Table
from dashboards.imports.readers import Reader

Write = Callable[[str, str], str]


def checked(
    table: Table, zone: ZoneInfo, beside: Sequence[Table] = ()
) -> tuple[Rows, list[Rejection]]:
    """Read every cell of a table as what its column holds.

    Args:
        table: The table.
        zone: Of times without an offset.
        beside: The tables of the same import; those of files written alike tell its decimal sign.
    """
    stem, frame = table.stem, table.frame
    given = frozenset(FILES[stem]).intersection(frame.columns)
    lines = (
        [int(line) for line in frame[LINE]]
        if LINE in frame.columns
        else range(HEADER_LINE + 1, HEADER_LINE + 1 + frame.height)
    )
    readers = cell_readers(table, zone, beside)
    columns, rejections = {}, []
    for name, column in FILES[stem].items():
        if name in given:
            cells = frame[name].to_list()
            columns[name], found = _checked(stem, name, column, readers[name], lines, cells)
            rejections += found
        else:
            columns[name] = [column.default] * frame.height
    spoilt = {one.line for one in rejections}
    rejections += put_together(stem, lines, columns, spoilt)
    rows = Rows(lines, columns, given)
    if stem == "production_runs":
        rejections += _ends_too_early(rows)
    if stem == "readings":
        rejections += _lacks_unit(rows)
    return rows, rejections


def _checked(
    stem: str,
    name: str,
    column: Column,
    read_cell: Reader,
    lines: Sequence[int],
    cells: list[str | None],
) -> tuple[list[Any], list[Rejection]]:
    """Read each distinct cell of a column once, and reject every line that holds a bad one."""
    read: dict[str | None, Any] = {}
    reasons: dict[str | None, str] = {}
    for cell in set(cells):
        try:
            if cell is None:
                read[cell] = column.default
            else:
                read[cell] = read_cell(cell, name)
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


def _lacks_unit(readings: Rows) -> Iterable[Rejection]:
    """Find numbers without a unit, and words that say in two ways what they were looked for in."""
    columns = (readings.columns["value"], readings.columns["unit"])
    for line, result, unit in zip(readings.lines, *columns, strict=True):
        if result is not None:
            try:
                unit_of(result, unit, "unit")
            except BadValue as bad:
                yield Rejection("readings.csv", line, "unit", unit, str(bad))
