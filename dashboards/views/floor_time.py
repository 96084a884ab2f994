"""The two fields for when something happened on the floor, in every form that enters a fact.

Both are empty at first, which means now: the time at which somebody presses the button, not at
which the form was drawn. How far back, and that nothing lies ahead, is decided by the commands.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.refusals import BadValue
from dashboards.views.columns import DAY_FORMAT
from dashboards.words import FLOOR_DAY, FLOOR_DAY_ALONE, FLOOR_TIME
from sql.stretches import Stretch, day_of

FIELDS = ("floor_day", "floor_time")


def floor_time_fields(form: str) -> None:
    """Draw a day and a time of the site's clock; with both empty it happens now."""
    day, clock = st.columns(2)
    day.date_input(FLOOR_DAY, value=None, key=f"{form}_floor_day", format=DAY_FORMAT)
    clock.time_input(FLOOR_TIME, value=None, key=f"{form}_floor_time", step=60)


def floor_stretch_typed(form: str, zone: ZoneInfo) -> datetime | Stretch | None:
    """Return when it happened; a day without a time is that day, known no better."""
    day = st.session_state[f"{form}_floor_day"]
    if day is not None and st.session_state[f"{form}_floor_time"] is None:
        return day_of(day, zone)
    return floor_time_typed(form, zone)


def floor_time_typed(form: str, zone: ZoneInfo) -> datetime | None:
    """Return when it happened, as the form says; None: now. A time without a day is today's.

    Raises:
        BadValue: A day stands without a time.
    """
    day = st.session_state[f"{form}_floor_day"]
    clock = st.session_state[f"{form}_floor_time"]
    if clock is None and day is None:
        return None
    if clock is None:
        raise BadValue(FLOOR_DAY_ALONE, field="happened_at", code="TIME")
    return datetime.combine(day or datetime.now(zone).date(), clock, zone)


def floor_time_keys(form: str) -> list[str]:
    """Name the two fields, to be emptied once the form was saved."""
    return [f"{form}_{name}" for name in FIELDS]
