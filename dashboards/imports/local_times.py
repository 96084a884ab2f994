"""Text that a clock or calendar of the site may have written: which day, and which time of it."""

import re
from datetime import datetime, timedelta

from dashboards.commands.import_damage import EPOCH, FIRST_SERIAL, LAST_SERIAL
from dashboards.commands.refusals import BadValue

_CLOCK = r"(?:(?:\s*T\s*|\s+)([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,6})0*)?)?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})(\. ?|-|/)([0-9]{{1,2}})\2([0-9]{{1,2}})\.?{_CLOCK}")
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})(\. ?)([0-9]{{1,2}})\2([0-9]{{4}})\.?{_CLOCK}")
_SLASHED = re.compile(rf"([0-9]{{1,2}})(/)([0-9]{{1,2}})/([0-9]{{4}}){_CLOCK}")
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")


def local_time(cell: str, field: str) -> tuple[datetime, bool] | None:
    """Read a time as a clock shows it, and whether it has an hour; None: it is something else."""
    text = cell.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found[1], found[3], found[4]
    elif found := _DAY_FIRST.fullmatch(text):
        year, month, day = found[4], found[3], found[1]
    elif found := _SLASHED.fullmatch(text):
        year, month, day = found[4], *_parted(text, int(found[1]), int(found[3]), field)
    else:
        _refuse_serial(text, field)
        return None
    hour, minute, second, part = found.group(5, 6, 7, 8)
    try:
        moment = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            int((part or "").ljust(6, "0")),
        )
    except ValueError as none:
        raise BadValue(
            f"{field} {text!r} is no time of the calendar.", field=field, code="TIME"
        ) from none
    return moment, hour is not None


def _parted(text: str, first: int, second: int, field: str) -> tuple[int, int]:
    """Tell month and day of a day written with slashes, where one of them can be no month."""
    if first > 12 >= second or first == second:
        return second, first
    if second > 12 >= first:
        return first, second
    raise BadValue(
        f"{field} {text!r} can be read in two ways, with the day or the month first. Write it with "
        "the year first, such as 2026-11-02.",
        field=field,
        code="TWO_READINGS",
    )


def _refuse_serial(text: str, field: str) -> None:
    """Refuse the number that a spreadsheet keeps in place of a day, and say which day it is."""
    if _SERIAL.fullmatch(text) and FIRST_SERIAL <= int(text[:5]) <= LAST_SERIAL:
        at = datetime.combine(EPOCH, datetime.min.time())
        at += timedelta(days=round(float(text.replace(",", ".")) * 1440) / 1440)
        raise BadValue(
            f"{field} {text!r} is a spreadsheet's number of a day, {at:%Y-%m-%d %H:%M}. Format the "
            "column as a date and save the file again.",
            field=field,
            code="TIME",
        )
