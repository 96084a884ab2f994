"""What a callback has to say, kept until the screen draws it where the person looks.

It is about a subject, such as a lot: with the person gone on to another one, it goes.
"""

import time
from typing import Any

import streamlit as st

from dashboards.commands.refusals import Refusal
from dashboards.views.plain import literal_lines
from sql.errors import RecordUnavailable

_KEPT = "said"
# A second click right after the first draws the screen again: the answer must not vanish.
_SHOWN_SECONDS = 3


def say(kind: str, text: str, *, place: str = "") -> None:
    """Keep a `success`, `error`, `warning` or `info` for the next drawing of that place.

    Whatever was drawn before, at any place, answered an earlier act: it goes.
    """
    kept = [
        message
        for message in st.session_state.get(_KEPT, [])
        if message["place"] != place and message["until"] is None
    ]
    new = {"kind": kind, "text": text, "place": place, "until": None, "about": None}
    st.session_state[_KEPT] = [*kept, new]


def say_problem(problem: Refusal | RecordUnavailable, *, place: str = "") -> None:
    """Keep why something was refused, or why the record can't be used just now."""
    words = problem.words if isinstance(problem, RecordUnavailable) else str(problem)
    say("error", words, place=place)


def show(place: str = "", *, about: object = None) -> None:
    """Draw what was kept for this place; again only within seconds, and about the same subject.

    The place is there with and without a message: were it not, all below it would be drawn anew
    when one comes, and a form that somebody opened would close.

    Args:
        place: Where it was said.
        about: What the place is about as it is drawn, such as the lot that is open: what was said
            about another subject is not drawn again.
    """
    with st.container():
        _show(place, about)


def _show(place: str, about: object) -> None:
    """Draw what was kept for this place."""
    now, staying = time.monotonic(), []
    for message in st.session_state.get(_KEPT, []):
        if message["place"] != place:
            staying.append(message)
            continue
        if message["until"] is None:
            message |= {"until": now + _SHOWN_SECONDS, "about": about}
        if now < message["until"] and message["about"] == about:
            staying.append(message)
            _draw(message)
    st.session_state[_KEPT] = staying


def is_waiting(place: str) -> bool:
    """Tell whether something was said for this place that the screen has not drawn yet."""
    return any(
        message["place"] == place and message["until"] is None
        for message in st.session_state.get(_KEPT, [])
    )


def is_outdated(place: str, *, about: object) -> bool:
    """Tell whether what stands on the screen at this place is about another subject than this.

    For parts of a screen that are drawn alone: the rest, with its messages, stays as it was.
    """
    return any(
        message["place"] == place and message["until"] is not None and message["about"] != about
        for message in st.session_state.get(_KEPT, [])
    )


def _draw(message: dict[str, Any]) -> None:
    draw = {"success": st.success, "error": st.error, "warning": st.warning, "info": st.info}
    draw[message["kind"]](literal_lines(message["text"]))
