"""One sheet of a workbook: rows under headings, each value as what it is, none as a formula.

A text is written as a text and into a cell that is set to be one: as it is, without an apostrophe,
and it stays a text when somebody edits it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from xlsxwriter.worksheet import Worksheet

from dashboards.words import column_heading, file_words
from sql.stretches import spelled_in

MOST_ROWS = 1_048_575


def counted(count: int) -> str:
    """Say how many rows there are, and how many a sheet holds where it can't hold all."""
    return f"{count:,}" if count <= MOST_ROWS else f"{MOST_ROWS:,} of {count:,}: Excel's limit"


def write_rows(
    sheet: Worksheet,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    formats: dict,
    zone: ZoneInfo,
) -> None:
    """Write rows under their headings, which stay in sight and can be filtered."""
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column_heading(column), formats["head"])
        sheet.set_column(at, at, 24 if column.endswith(("code", "name")) else 15)
    fitting = list(islice(rows, MOST_ROWS))
    for number, row in enumerate(fitting, start=1):
        for at, column in enumerate(columns):
            value = spelled_in(row, column, zone) or file_words(column, row.get(column))
            _cell(sheet, number, at, column, value, formats, zone)
    sheet.autofilter(0, 0, len(fitting), len(columns) - 1)


def _cell(
    sheet: Worksheet, row: int, at: int, column: str, value: Any, formats: dict, zone: ZoneInfo
) -> None:
    """Write one value by what it is; an unknown one stays empty."""
    if value is None:
        return
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    if isinstance(value, datetime):
        sheet.write_datetime(row, at, value.astimezone(zone).replace(tzinfo=None), formats["time"])
    elif isinstance(value, date):
        sheet.write_datetime(row, at, datetime.combine(value, time()), formats["day"])
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif isinstance(value, Decimal):
        sheet.write_number(row, at, float(value), formats["kg"])
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value, formats["share"] if column == "share" else None)
    else:
        sheet.write_string(row, at, str(value), formats["text"])
