"""The past moment that a screen answers for: kept in the address, asked for in the site's time.

What is shown then is what the record held at that moment, by time of recording; nothing can be
written from there.
"""

from datetime import MAXYEAR, UTC, date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.columns import DAY_FORMAT
from dashboards.views.messages import say, show
from dashboards.views.plain import literal
from dashboards.words import moments as words

PARAMETER = "as_of"
PLACE = "as_of"
EARLIEST = date(2000, 1, 1)


def title_with_moment(title: str, zone: ZoneInfo) -> datetime | None:
    """Draw a screen's title and the choice of a moment; return the one asked for, None for now.

    A moment ahead, or one that can't be read, is refused with words and ends the run.
    """
    asked = st.query_params.get(PARAMETER)
    heading, choice = st.columns([5, 2], vertical_alignment="bottom")
    heading.title(title)
    moment, problem = _read(asked, zone) if asked else (None, None)
    label = words.KNOWN_NOW if not asked else words.KNOWN_THEN
    with choice.popover(label, icon=":material/history:", key="as_of_open", width="stretch"):
        _draw_choice(zone)
    show(PLACE)
    if problem:
        st.error(literal(problem), icon=":material/history_toggle_off:")
        st.button(words.BACK_TO_NOW, key="as_of_now", on_click=leave)
        st.stop()
    if moment is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(
                words.NOT_AS_NOW.format(moment=long_form(moment, zone)),
                icon=":material/history:",
            )
            st.button(words.BACK_TO_NOW, key="as_of_now", on_click=leave, width="content")
    return moment


def long_form(moment: datetime, zone: ZoneInfo) -> str:
    """Say a moment so that nobody mistakes the day: 23 Nov 2026 14:00."""
    local = moment.astimezone(zone)
    seconds = f":{local:%S}" if local.second else ""
    return f"{local.day} {local:%b %Y %H:%M}{seconds}"


def leave() -> None:
    """Go back to now."""
    st.query_params.pop(PARAMETER, None)


def kept_in_address() -> dict[str, str]:
    """Return what a link to another screen must carry so that it answers for the same moment."""
    asked = st.query_params.get(PARAMETER)
    return {PARAMETER: asked} if asked else {}


def _draw_choice(zone: ZoneInfo) -> None:
    """Draw the day and time to choose."""
    st.caption(words.ASK.format(zone=zone.key))
    with st.form("as_of", border=False):
        day, clock = st.columns(2)
        day.date_input(
            words.DAY,
            value=None,
            key="as_of_day",
            min_value=EARLIEST,
            max_value=datetime.now(zone).date(),
            format=DAY_FORMAT,
        )
        clock.time_input(words.TIME, value=None, key="as_of_time", step=60)
        st.form_submit_button(
            words.SHOW, key="as_of_show", on_click=_choose, args=(zone,), width="stretch"
        )


def _choose(zone: ZoneInfo) -> None:
    """Put the chosen moment into the address, or say what is missing."""
    day, clock = st.session_state["as_of_day"], st.session_state["as_of_time"]
    if day is None and clock is None:
        leave()
    elif day is None or clock is None:
        say("error", words.DAY_AND_TIME, place=PLACE)
    else:
        moment = datetime.combine(day, clock, zone)
        if moment > datetime.now(UTC):
            say("error", words.AHEAD.format(moment=long_form(moment, zone)), place=PLACE)
        else:
            st.query_params[PARAMETER] = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _read(asked: str, zone: ZoneInfo) -> tuple[datetime | None, str | None]:
    """Read the moment that an address asks about, or say what is wrong with it."""
    try:
        read = datetime.fromisoformat(asked.strip())
        moment = (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None, words.UNREADABLE
    if moment > datetime.now(UTC):
        return None, words.AHEAD.format(moment=_said(moment, zone))
    return (moment, None) if moment.date() >= EARLIEST else (None, words.UNREADABLE)


def _said(moment: datetime, zone: ZoneInfo) -> str:
    """Say a moment that may be too far ahead for the site's zone."""
    return long_form(moment, zone) if moment.year < MAXYEAR else words.THAT_MOMENT
