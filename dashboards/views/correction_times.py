"""A lot's time on the floor in the form of correction: as it is shown, and as it was typed."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import streamlit as st

from sql.stretches import Stretch, day_of, put_together


def moment_typed(zone: ZoneInfo) -> datetime | Stretch:
    """Return the lot's time on the floor as the form of correction says it.

    Nobody types seconds, nor which of autumn's two hours: as long as the day and the minute read
    as the form showed them, the time stays what it was. A day without a time is known no better.
    """
    day, clock = st.session_state["correct_day"], st.session_state["correct_time"]
    was = put_together(st.session_state["correct_known"])
    if (day, clock) == day_and_minute(was, zone):
        return was
    return day_of(day, zone) if clock is None else datetime.combine(day, clock, zone)


def day_and_minute(moment: datetime | Stretch, zone: ZoneInfo) -> tuple[date, time | None]:
    """Return the day and the minute that a clock on the site showed; of a month its first day."""
    if isinstance(moment, Stretch):
        return moment.begins_at.astimezone(zone).date(), None
    local = moment.astimezone(zone).replace(second=0, microsecond=0, fold=0)
    return local.date(), local.time()
