"""Times, days and months of a file: with their offset, or as the site's clock showed them.

Accepted without offset: `2026-11-02 06:30`, `2026.11.02. 06:30`, `02.11.2026 06:30`, seconds too;
where no more is known, the day alone in the same ways, or the month: `2026-11`, `2026.11.`. A local
time that came twice, or never, is refused with the choice.
"""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dashboards.commands import values
from dashboards.commands.refusals import BadValue
from dashboards.imports.local_times import local_time
from sql.stretches import Stretch, day_of, month_of

_MONTH = re.compile(r"([0-9]{4})(?:\. ?|-|/)(0?[1-9]|1[0-2])\.?")
_MINUTE = timedelta(minutes=1)


def site_time(cell: str, field: str, zone: ZoneInfo) -> str:
    """Write a time in ISO 8601 with its offset; text that is no local time as it is.

    Raises:
        BadValue: It has no time of day, can be read in two ways, or the site's clock showed it
            twice or never.
    """
    local = local_time(cell, field)
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


def site_stretch(cell: str, field: str, zone: ZoneInfo) -> Stretch | None:
    """Read a day or a month of the site's calendar; None: the text is neither.

    Raises:
        BadValue: It can be read in two ways, is no day of the calendar, lies before 1900 or ahead.
    """
    if ":" in cell:
        return None
    try:
        if found := _MONTH.fullmatch(cell.strip()):
            stretch = month_of(date(int(found[1]), int(found[2]), 1), zone)
        elif (local := local_time(cell, field)) is None or local[1]:
            return None
        else:
            stretch = day_of(local[0].date(), zone)
    except (OverflowError, ValueError):
        stretch = None
    if stretch is None or stretch.begins_at >= stretch.ends_at:
        raise BadValue(f"{field} {cell!r} never came at {zone.key}.", field=field, code="TIME")
    values.moment(stretch.begins_at, field)
    return stretch


def site_day(cell: str, field: str) -> str:
    """Write a day in ISO 8601; text that is no day as it is.

    Raises:
        BadValue: It can be read in two ways, or has a time of day.
    """
    local = local_time(cell, field)
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
