"""The productions that stand, one of them with its lots, and the form that voids it."""

import streamlit as st

from dashboards.commands.authority import Action, Person
from dashboards.commands.refusals import Refusal
from dashboards.commands.voids import Voidable, void_fact
from dashboards.sessions.connections import config, record
from dashboards.views.messages import say, say_problem
from dashboards.views.once import nonce, write_once
from dashboards.views.production_list import draw_parts, draw_productions
from dashboards.words import REASON_LABEL
from dashboards.words import productions as words
from sql.errors import RecordUnavailable
from sql.record.transactions import Row, Transaction

PLACE = "production_list"
NEWEST = 100


def draw_recorded(viewer: Person) -> None:
    """Draw the newest productions, and the chosen one's lots with the form that voids it."""
    search = st.text_input(words.SEARCH, key="production_search")
    with record().snapshot() as reading:
        found = reading.all("productions_newest", search=search.strip() or None, newest=NEWEST)
        code = draw_productions(found, config().zone, NEWEST)
        shown = code and reading.one("production_shown", production_code=code)
        parts = (
            reading.all("production_parts", production_id=shown["production_id"]) if shown else []
        )
    if shown:
        draw_parts(shown, parts, config().zone)
        _draw_void(viewer, shown)


def _draw_void(viewer: Person, shown: Row) -> None:
    """Draw the form that voids a production, for whoever may correct."""
    if not viewer.may(Action.CORRECT):
        return
    with st.expander(words.VOID):
        st.caption(words.VOID_CAPTION)
        st.text_input(REASON_LABEL, key="production_void_reason")
        fresh = nonce("production_void")
        st.button(
            words.VOID,
            key=f"production_void_{fresh}",
            on_click=save_void,
            args=(fresh, shown["production_id"], shown["production_code"]),
        )


def save_void(used: str, production_id: int, code: str) -> None:
    """Void the production that is shown, with its links."""

    def write(transaction: Transaction, by: Person) -> dict:
        void_fact(
            transaction,
            by=by,
            kind=Voidable.PRODUCTION,
            fact_id=production_id,
            reason=reason,
        )
        return {"code": code}

    reason = st.session_state["production_void_reason"]
    try:
        write_once(
            "production_void", used, asked={"id": production_id, "reason": reason}, write=write
        )
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place=PLACE)
        return
    say("success", words.VOIDED.format(code=code), place=PLACE)
