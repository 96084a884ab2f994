"""The places where goods stand: listed for everybody, added by whoever keeps master data."""

from collections.abc import Sequence

import streamlit as st

from dashboards.commands.authority import Person
from dashboards.commands.places import register_place
from dashboards.screens.masters.place_changing import draw_change
from dashboards.screens.masters.saving import save
from dashboards.sessions.connections import config
from dashboards.views.half_forms import empty_form
from dashboards.views.messages import show
from dashboards.views.once import nonce
from dashboards.views.tables import table
from dashboards.words import places as words
from sql.record.transactions import Row, Transaction

FORM = "place_new"
COLUMNS = ["place_code", "name", "place_kind", "site_name", "is_retired"]
FIELDS = {
    "place_code": words.PLACE_CODE,
    "name": words.PLACE_NAME,
    "kind": words.PLACE_KIND,
    "site_code": words.PLACE_SITE,
}


def draw_places(places: Sequence[Row], *, may_add: bool) -> None:
    """Draw the places, and the form that adds one."""
    st.markdown(f"## {words.PLACES_TITLE}")
    st.caption(words.PLACES_SAID)
    # There with and without places: the form below would close with the first one.
    with st.container():
        if places:
            table(places, COLUMNS, config().zone, key="places", height="content")
            draw_change(places, may_change=may_add)
    if may_add:
        with st.expander(words.PLACE_NEW):
            show(FORM)
            with st.form(FORM):
                for name, label in FIELDS.items():
                    st.text_input(label, key=f"{FORM}_{name}")
                fresh = nonce(FORM)
                st.form_submit_button(
                    words.PLACE_ADD,
                    on_click=add_place,
                    args=(fresh,),
                    key=f"{FORM}_save_{fresh}",
                )


def add_place(used: str) -> None:
    """Register the place that was typed; a refused one stays typed."""
    typed = {name: st.session_state[f"{FORM}_{name}"] for name in FIELDS}

    def write(transaction: Transaction, by: Person) -> None:
        register_place(transaction, by=by, **typed)

    if save(FORM, used, words.PLACE_ADDED.format(code=typed["place_code"]), write):
        empty_form(f"{FORM}_")
