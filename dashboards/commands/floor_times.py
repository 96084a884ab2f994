"""When something happened on the floor, as a person enters it: by default now, back to a limit.

What is written keeps it beside the time of recording, so that what came late can be seen to. An
import brings history and is taken as it was: it doesn't come this way.
"""

from datetime import UTC, datetime, timedelta
from functools import cache

from dashboards.commands import values
from dashboards.commands.authority import Face, Person
from dashboards.commands.refusals import BadValue, DecisionRefused
from dashboards.commands.wording import site_minute, site_time, site_time_of
from sql.record.transactions import Row
from sql.settings import settings
from sql.stretches import Stretch, parted


def floor_time(
    value: datetime | None,
    *,
    by: Person,
    was: datetime | None = None,
    field: str = "happened_at",
) -> datetime:
    """Read a time on the floor, in UTC; now where none is given.

    Args:
        value: With an offset.
        by: Who enters it. Only what is typed at a screen has a limit: programs bring history.
        was: What it read before: a correction may go as far back from there.
        field: What the input is called.

    Raises:
        BadValue: It lies in the future, or longer back than people may enter.
    """
    moment = values.moment(value, field)
    days = furthest_back_days()
    now = datetime.now(UTC)
    since = now if was is None else min(was, now)
    if moment < since - timedelta(days=days) and by.origin.face == Face.SCREEN:
        raise BadValue(
            f"The time on the floor, {site_minute(moment)}, lies more than {days} days back"
            f"{'' if was is None else f' from {site_minute(was)}, where it was'}. Check the date; "
            "what is older is brought in by an import.",
            field=field,
            code="TIME",
        )
    return moment


def floor_stretch(
    value: datetime | Stretch | None, *, by: Person
) -> tuple[datetime, datetime | None]:
    """Read a time on the floor as `floor_time` does; of a day or month with its end."""
    at, until = (None, None) if value is None else parted(value)
    return floor_time(at, by=by), until


def since_made(
    lot: Row, at: datetime, *, is_given: bool, until: datetime | None = None
) -> datetime:
    """Return the time of a fact about a lot, never before the lot: nothing happens to what isn't.

    People type minutes, so the minute in which the lot came to be is late enough. The server's own
    time is moved up to the lot's: clocks are set back.

    Args:
        lot: With lot_code and happened_at.
        at: When it happened, in UTC.
        is_given: Whether somebody gave that time.
        until: Of a time known by the day or month, its end: a part of it after the lot is enough.

    Raises:
        BadValue: The time given lies earlier; names both, and who may mend the lot's.
    """
    made = lot["happened_at"]
    if not is_given:
        return max(at, made)
    minute = made.replace(second=0, microsecond=0)
    if at < minute and (until is None or until <= minute):
        happened = at if until is None else Stretch(at, until)
        raise BadValue(
            f"The time on the floor, {site_time(happened)}, lies before lot {lot['lot_code']} came "
            f"to be, {site_time_of(lot)}. Enter a later time; where the lot's own is wrong, a "
            "manager can correct it on the lot's page.",
            field="happened_at",
            code="TIME",
        )
    return at


def decided_at(latest: Row | None, at: datetime | None, lot: Row) -> datetime:
    """Choose the time of a decision: never before its lot, or the decision it follows.

    Clocks differ and are set back; a FAIL that came second must not count as the first. Who types
    an earlier time is told so: it would count for nothing.
    """
    if at is None:
        now = since_made(lot, values.moment(None), is_given=False)
        return now if latest is None else max(now, latest["happened_at"])
    since_made(lot, at, is_given=True)
    if latest is not None and at < latest["happened_at"]:
        raise DecisionRefused(
            f"Lot {lot['lot_code']} has a {latest['decision']} here from "
            f"{site_time_of(latest)}, which is later. Enter the time at which this "
            "was decided after it, or none for now.",
            field="happened_at",
            code="TIME",
        )
    return at


@cache
def furthest_back_days() -> int:
    """Return how many days back people may enter what happened: a setting of the plant."""
    return settings().entry_back_days
