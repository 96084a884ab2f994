"""One place: what was known of it, and the form that renames it or retires it."""

from collections.abc import Sequence

import streamlit as st

from dashboards.commands.authority import Person
from dashboards.commands.place_changes import change_place
from dashboards.screens.masters.saving import save
from dashboards.sessions.connections import config, record
from dashboards.views.messages import show
from dashboards.views.once import nonce
from dashboards.views.tables import table
from dashboards.words import REASON_LABEL
from dashboards.words import places as words
from sql.record.transactions import Row, Transaction

FORM = "place_change"
HISTORY = ["recorded_at", "name", "place_kind", "is_retired", "reason", "written_by"]


def draw_change(places: Sequence[Row], *, may_change: bool) -> None:
    """Draw the choice of a place, its history, and for whoever may change it the form."""
    by_code = {row["place_code"]: row for row in places}
    code = st.selectbox(
        words.PLACE_CHANGE_WHICH if may_change else words.PLACE_HISTORY_WHICH,
        list(by_code),
        index=None,
        key=f"{FORM}_code",
        format_func=lambda code: by_code[code]["label"],
        placeholder=words.PLACE_NO_CHOICE,
    )
    show(FORM, about=code)
    if code is None:
        return
    place = by_code[code]
    if may_change:
        _draw_form(place)
    with record().snapshot() as snapshot:
        history = snapshot.all("history_of_place", place_id=place["place_id"])
    table(history, HISTORY, config().zone, key="place_history", height="content")


def _draw_form(place: Row) -> None:
    """Draw what may change, filled with what is known."""
    # Another revision is another form: what was typed was about the one that was seen.
    form = f"{FORM}_{place['place_id']}_{place['revision_id'] or 0}"
    with st.form(form):
        name, kind = st.columns(2)
        name.text_input(words.PLACE_NAME, value=place["name"], key=f"{form}_name")
        kind.text_input(words.PLACE_KIND, value=place["kind"] or "", key=f"{form}_kind")
        st.checkbox(words.PLACE_RETIRED, value=place["is_retired"], key=f"{form}_retired")
        st.text_input(REASON_LABEL, key=f"{form}_reason")
        fresh = nonce(FORM)
        st.form_submit_button(
            words.PLACE_CHANGE,
            on_click=change,
            args=(fresh, form, place["place_code"], place["revision_id"]),
            key=f"{FORM}_save_{fresh}",
        )


def change(used: str, form: str, code: str, based_on: int | None) -> None:
    """Write what was typed about the chosen place; a refused change stays typed."""
    typed = st.session_state

    def write(transaction: Transaction, by: Person) -> None:
        change_place(
            transaction,
            by=by,
            place_code=code,
            name=typed[f"{form}_name"],
            kind=typed[f"{form}_kind"],
            is_retired=typed[f"{form}_retired"],
            reason=typed[f"{form}_reason"],
            based_on=based_on,
        )

    save(FORM, used, words.PLACE_CHANGED.format(code=code), write)
