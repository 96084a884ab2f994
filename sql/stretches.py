"""Times as precise as they are known: to the minute, or a day or month of the site's calendar.

A fact known to the minute has its moment. One known by the day or month has a stretch, of which
the record keeps the beginning (`happened_at`) and the end (`happened_until`, the first moment after
it). A day of the site's clock has 23, 24 or 25 hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

LONGEST_DAY = timedelta(days=2)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """A day or a month; moments with offset.

    Attributes:
        begins_at: Its first moment.
        ends_at: The first moment after it.
    """

    begins_at: datetime
    ends_at: datetime


def day_of(day: date, zone: ZoneInfo) -> Stretch:
    """Return a day of the site's calendar."""
    return Stretch(_midnight(day, zone), _midnight(day + _DAY, zone))


def month_of(day: date, zone: ZoneInfo) -> Stretch:
    """Return the month that a day lies in."""
    first = day.replace(day=1)
    next_first = (first + timedelta(days=31)).replace(day=1)
    return Stretch(_midnight(first, zone), _midnight(next_first, zone))


def parted(happened: datetime | Stretch) -> tuple[datetime, datetime | None]:
    """Return a time as the record keeps it: happened_at, and happened_until or None."""
    if isinstance(happened, Stretch):
        return happened.begins_at, happened.ends_at
    return happened, None


def put_together(row: Mapping[str, Any], name: str = "happened") -> datetime | Stretch:
    """Return the time that a row of the record tells in `<name>_at` and `<name>_until`."""
    at, until = row[f"{name}_at"], row[f"{name}_until"]
    return at if until is None else Stretch(at, until)


def spelled_in(row: Mapping[str, Any], name: str, zone: ZoneInfo) -> str | None:
    """Write a row's time `<name>_at` as its day or month; None: it is known to the minute."""
    if not name.endswith("_at"):
        return None
    until = row.get(f"{name.removesuffix('_at')}_until")
    return None if until is None else spelled(row[name], until, zone)


def spelled(at: datetime, until: datetime, zone: ZoneInfo) -> str:
    """Write a day or month as the site's calendar has it: 2026-03-05 or 2026-03.

    It is what its middle lies in, so that a site whose zone was mended still reads its day.
    """
    middle = (at + (until - at) / 2).astimezone(zone)
    return f"{middle:%Y-%m-%d}" if until - at < LONGEST_DAY else f"{middle:%Y-%m}"


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return when a day began: the first midnight of two, the moment of change where none came."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
