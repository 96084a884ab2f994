"""What reads the cells of a table's columns.

Numbers and times are first written as ours: from whichever sign stands before decimals, and from
the site's clock.
"""

import re
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from dashboards.exports.csv_text import as_written
from dashboards.imports.column_kinds import Column, Kind
from dashboards.imports.columns import FILES
from dashboards.imports.given import Table
from dashboards.imports.number_signs import Sign, signs_of, signs_told
from dashboards.imports.readers import Reader
from dashboards.imports.site_times import site_day, site_stretch, site_time

Write = Callable[[str, str], str]
# How a workbook's day is read: a spreadsheet keeps no day without a time.
_MIDNIGHT = re.compile(r"(.*[^ T])[ T]00:00(?::00(?:\.0+)?)?")


def cell_readers(table: Table, zone: ZoneInfo, beside: Sequence[Table] = ()) -> dict[str, Reader]:
    """Find what reads the cells of each column; see `cells.checked`."""
    as_ours = _as_ours(table, zone, beside)
    readers = {
        name: _reader(column, as_ours[name], zone) for name, column in FILES[table.stem].items()
    }
    return readers | {name: _by_day(readers[name]) for name in _columns_of_days(table)}


def _columns_of_days(table: Table) -> list[str]:
    """Find a workbook's columns of times that show midnight in every row: days are meant."""
    return [
        name
        for name, column in FILES[table.stem].items()
        if table.is_workbook
        and column.kind is Kind.FLOOR_TIME
        and name in table.frame.columns
        and all(
            ":" not in cell or _MIDNIGHT.fullmatch(cell)
            for cell in table.frame[name].drop_nulls().unique().to_list()
        )
    ]


def _by_day(read: Reader) -> Reader:
    """Have the time taken off that a spreadsheet adds to a day."""

    def of_day(cell: str, field: str) -> object:
        midnight = _MIDNIGHT.fullmatch(cell)
        return read(midnight[1] if midnight else cell, field)

    return of_day


def _as_ours(table: Table, zone: ZoneInfo, beside: Sequence[Table]) -> dict[str, Write]:
    """Find what writes the cells of each number, time and day column as ours."""
    kinds = {name: column.kind for name, column in FILES[table.stem].items()}
    signs = number_signs(table, beside)
    write: dict[str, Write] = dict.fromkeys(kinds, lambda cell, _field: as_written(cell))
    write |= {name: _number_writer(sign) for name, sign in signs.items()}
    for name, kind in kinds.items():
        if kind in (Kind.TIME, Kind.FLOOR_TIME):
            write[name] = lambda cell, field: site_time(cell, field, zone)
        elif kind is Kind.DAY:
            write[name] = site_day
    return write


def _reader(column: Column, write: Write, zone: ZoneInfo) -> Reader:
    """Find what reads a column's cells; a day or month where such a time is taken."""
    if column.kind is not Kind.FLOOR_TIME:
        return lambda cell, field: column.read(write(cell, field), field)
    return lambda cell, field: (
        site_stretch(cell, field, zone) or column.read(write(cell, field), field)
    )


def _number_writer(sign: Sign) -> Write:
    return lambda cell, field: sign.read(as_written(cell), field)


def number_signs(table: Table, beside: Sequence[Table]) -> dict[str, Sign]:
    """Find out how each number column of a table is read, with the tables of the same import."""
    elsewhere = frozenset(
        sign
        for other in beside
        if (other.point, other.is_workbook) == (table.point, table.is_workbook)
        for signs in signs_told(other, _numbers(other.stem)).values()
        for sign in signs
    )
    return signs_of(table, _numbers(table.stem), elsewhere)


def _numbers(stem: str) -> list[str]:
    return [name for name, column in FILES[stem].items() if column.kind is Kind.NUMBER]
