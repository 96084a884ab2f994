"""The box for why an expired lot is used or shipped all the same: only managers may say so."""

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.sessions.current import person
from dashboards.words.origins import EXPIRY_REASON


def expiry_box(form: str) -> None:
    """Draw the box in a form, for whoever may let an expired lot go."""
    if person().may(Action.LIFT_HOLD):
        st.text_input(EXPIRY_REASON, key=f"{form}_expiry_reason")


def expiry_reason(form: str) -> str | None:
    """Return what was typed into the form's box; None: nothing, or there is none."""
    return st.session_state.get(f"{form}_expiry_reason") or None
