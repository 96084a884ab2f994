"""The form that holds what is here of a trace, and the words for what it did.

What a click on it does is the screen's.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.commands.holds import Held
from dashboards.reader.signs import number
from dashboards.views.messages import show
from dashboards.views.once import nonce
from dashboards.views.passwords import password_field
from dashboards.words import HOLD_TOO, REASON_LABEL, SIGN_HERE, plural
from dashboards.words.holding import (
    AND_MORE,
    HELD_ALREADY,
    HELD_NOW,
    HOLD_HERE,
    NOTHING_MORE,
    REJECTED_ALREADY,
)
from dashboards.words.nouns import LOT

PLACE, FORM = "hold", "hold"
REASON_KEY, PASSWORD_KEY = "hold_reason", "hold_password"
MOST_NAMED = 20


def hold_form(
    lots_count: int, held_count: int, on_click: Callable[[str], None], *, about: str
) -> None:
    """Draw the form; what was typed stays where the hold is refused.

    Args:
        lots_count: How many of the lots here nothing stops yet; 0: there is no form.
        held_count: How many of them are on HOLD already; what a gate holds is held as a whole too.
        on_click: Called with the click's nonce when somebody holds.
        about: Which lots were traced.
    """
    show(PLACE, about=about)
    if not lots_count:
        return
    fresh = nonce(FORM)
    with st.form(FORM):
        if held_count:
            st.caption(HOLD_TOO.format(lots=plural(held_count, LOT)))
        reason, password = st.columns([3, 2])
        reason.text_input(REASON_LABEL, key=REASON_KEY)
        with password:
            password_field(SIGN_HERE, PASSWORD_KEY, "current-password")
        st.form_submit_button(
            HOLD_HERE.format(lots=plural(lots_count, LOT)),
            type="primary",
            icon=":material/front_hand:",
            key=f"hold_save_{fresh}",
            on_click=on_click,
            args=(fresh,),
        )


def held_answer(held: Held, by: str) -> dict[str, Any]:
    """Return what a hold did as JSON can say it."""
    return {"lots": held.lots, "on_hold": held.on_hold, "rejected": held.rejected, "by": by}


def held_words(answer: Mapping[str, Any]) -> str:
    """Say what was held, and which lots were stopped already."""
    parts = [HELD_NOW.format(lots=plural(len(answer["lots"]), LOT), by=answer["by"])]
    if not answer["lots"]:
        parts = [NOTHING_MORE]
    for name, words in (("on_hold", HELD_ALREADY), ("rejected", REJECTED_ALREADY)):
        if answer[name]:
            parts.append(f"{words}: {_named(answer[name])}.")
    return " ".join(parts)


def _named(codes: Sequence[str]) -> str:
    """Name lots, and say how many more there are."""
    more = len(codes) - MOST_NAMED
    return ", ".join(codes[:MOST_NAMED]) + (AND_MORE.format(count=number(more)) if more > 0 else "")
