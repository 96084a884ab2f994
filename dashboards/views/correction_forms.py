"""The forms that take a fact or a decision back; what they do is the screen's."""

from collections.abc import Callable, Mapping

import streamlit as st

from dashboards.views.floor_time import floor_time_fields
from dashboards.views.lot_forms import submit
from dashboards.views.passwords import password_field
from dashboards.words import REASON_LABEL, SIGN_HERE
from dashboards.words import correcting as words
from dashboards.words.renames import RENAME_CODE, RENAME_SAID, RENAME_SAVE


def rename_form(on_click: Callable[[str], None]) -> None:
    """Draw the form that corrects the lot's own code, signed."""
    with st.form("rename"):
        st.caption(RENAME_SAID)
        st.text_input(RENAME_CODE, key="rename_code")
        st.text_input(REASON_LABEL, key="rename_reason")
        password_field(SIGN_HERE, "rename_password", "current-password")
        submit(RENAME_SAVE, "rename", on_click)


def void_form(facts: Mapping[tuple[str, int], str], on_click: Callable[[str], None]) -> None:
    """Draw the form that voids a link, a shipment or a reading of the lot, or the lot itself."""
    with st.form("void"):
        st.caption(words.VOID_SAID)
        st.selectbox(
            words.WHAT_IS_WRONG,
            list(facts),
            index=None,
            key="void_fact",
            format_func=facts.__getitem__,
            placeholder=words.WHAT_IS_WRONG_HELP,
        )
        st.text_input(REASON_LABEL, key="void_reason")
        floor_time_fields("void")
        submit(words.VOID, "void", on_click)


def withdraw_form(decisions: Mapping[int, str], on_click: Callable[[str], None]) -> None:
    """Draw the form that withdraws one of the lot's decisions, signed."""
    with st.form("withdraw"):
        st.selectbox(
            words.DECISION,
            list(decisions),
            index=None,
            key="withdraw_decision",
            format_func=decisions.__getitem__,
            placeholder=words.DECISION_HELP,
        )
        st.text_input(REASON_LABEL, key="withdraw_reason")
        floor_time_fields("withdraw")
        password_field(SIGN_HERE, "withdraw_password", "current-password")
        submit(words.WITHDRAW, "withdraw", on_click)
