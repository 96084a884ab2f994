"""A question the record asked about what was typed, and the box in which the person says yes.

The yes is to just these words: where something else was typed meanwhile, the record asks anew.
"""

import streamlit as st

from dashboards.views.plain import literal
from dashboards.words.lot_forms import CONFIRM


def ask(form: str, question: str) -> None:
    """Keep the question, so that the form shows it when it is drawn again; no box is ticked."""
    st.session_state[_place(form)] = (st.query_params.get("lot"), question)
    st.session_state.pop(_box(form), None)


def confirm_box(form: str) -> None:
    """Draw the box that says yes to the form's question, where there is one."""
    question = _question(form)
    if question is not None:
        st.checkbox(CONFIRM.format(question=literal(question)), key=_box(form))


def confirmed(form: str) -> tuple[str, ...]:
    """Return the questions that the person has said yes to."""
    question = _question(form)
    return (question,) if question is not None and st.session_state.get(_box(form)) else ()


def forget_question(form: str) -> None:
    """Drop the form's question once something was written."""
    st.session_state.pop(_place(form), None)
    st.session_state.pop(_box(form), None)


def _question(form: str) -> str | None:
    """Return what was asked about the lot that is open."""
    lot, question = st.session_state.get(_place(form), (None, None))
    return question if lot == st.query_params.get("lot") else None


def _place(form: str) -> str:
    return f"asked_{form}"


def _box(form: str) -> str:
    return f"{form}_confirmed"
