"""The site's clock: its zone, its shift, its calendar day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SITE_ZONE = ZoneInfo("Europe/Budapest")
SHIFT_START, SHIFT_END = time(6), time(18)


def local(day: date, minutes: float) -> datetime:
    """Return the UTC moment so many minutes after the shift started on a day."""
    start = datetime.combine(day, SHIFT_START, SITE_ZONE).astimezone(UTC)
    return (start + timedelta(minutes=minutes)).replace(microsecond=0)


def local_date(moment: datetime) -> date:
    """Tell the site's calendar day of a moment."""
    return moment.astimezone(SITE_ZONE).date()
