"""Times and days of a file: with their offset, or as the site's clock showed them.

Accepted without offset: `2026-11-02 06:30`, `2026.11.02. 06:30`, `02.11.2026 06:30`, seconds too. A
local time that came twice, or never, is refused with the choice.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dashboards.commands.import_damage import EPOCH, FIRST_SERIAL, LAST_SERIAL
from dashboards.commands.refusals import BadValue

_CLOCK = r"(?:(?:\s*T\s*|\s+)([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,6})0*)?)?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})(\. ?|-|/)([0-9]{{1,2}})\2([0-9]{{1,2}})\.?{_CLOCK}")
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})(\. ?)([0-9]{{1,2}})\2([0-9]{{4}})\.?{_CLOCK}")
_SLASHED = re.compile(rf"([0-9]{{1,2}})(/)([0-9]{{1,2}})/([0-9]{{4}}){_CLOCK}")
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_MINUTE = timedelta(minutes=1)


def site_time(cell: str, field: str, zone: ZoneInfo) -> str:
    """Write a time in ISO 8601 with its offset; text that is no local time as it is.

    Raises:
        BadValue: It has no time of day, can be read in two ways, or the site's clock showed it
            twice or never.
    """
    local = _local(cell, field)
    if local is None:
        return cell
    moment, has_clock = local
    if not has_clock:
        raise BadValue(
            f"{field} {cell!r} has no time of day. Write one, such as {moment:%Y-%m-%d} 06:30.",
            field=field,
            code="TIME",
        )
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.isoformat()
    earlier, later = sorted((first, second), key=lambda one: one.timestamp())
    shown = f"{field} {moment:%Y-%m-%d %H:%M} of {zone.key}"
    if first.timestamp() < second.timestamp():
        raise BadValue(
            f"{shown} came twice, when the clock was set back. Write {earlier.isoformat()} or "
            f"{later.isoformat()}.",
            field=field,
            code="CAME_TWICE",
        )
    offset = (later.timestamp() - earlier.timestamp()) / 60
    before, after = (moment + way * offset * _MINUTE for way in (-1, 1))
    raise BadValue(
        f"{shown} never came: the clock was set forward over it. Write {before:%Y-%m-%d %H:%M} or "
        f"{after:%Y-%m-%d %H:%M}.",
        field=field,
        code="NEVER_CAME",
    )


def site_day(cell: str, field: str) -> str:
    """Write a day in ISO 8601; text that is no day as it is.

    Raises:
        BadValue: It can be read in two ways, or has a time of day.
    """
    local = _local(cell, field)
    if local is None:
        return cell
    moment, _has_clock = local
    if moment.time() != moment.min.time():
        raise BadValue(
            f"{field} {cell!r} has a time of day. Write the day alone, {moment:%Y-%m-%d}.",
            field=field,
            code="TIME",
        )
    return moment.date().isoformat()


def _local(cell: str, field: str) -> tuple[datetime, bool] | None:
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
