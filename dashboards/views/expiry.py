"""What expires first, and the box for why an expired lot is used or shipped all the same.

Only managers may say so.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.sessions.current import person
from dashboards.views.plain import literal
from dashboards.words import on_hand
from dashboards.words.lot import EARLIER_LOT
from dashboards.words.origins import EXPIRE_BEFORE, EXPIRY_REASON


def draw_earlier(lots: Iterable[Mapping[str, Any]]) -> None:
    """Name the lots that are to go before the one shown, because they expire before it."""
    named = ", ".join(
        EARLIER_LOT.format(lot=lot["lot_code"], day=lot["expires_on"], amount=on_hand(lot))
        for lot in lots
    )
    if named:
        st.info(EXPIRE_BEFORE.format(lots=literal(named)), icon=":material/hourglass_top:")


def expiry_box(form: str) -> None:
    """Draw the box in a form, for whoever may let an expired lot go."""
    if person().may(Action.LIFT_HOLD):
        st.text_input(EXPIRY_REASON, key=f"{form}_expiry_reason")


def expiry_reason(form: str) -> str | None:
    """Return what was typed into the form's box; None: nothing, or there is none."""
    return st.session_state.get(f"{form}_expiry_reason") or None
