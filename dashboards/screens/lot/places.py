"""The open lot goes to a place, all of it or some."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.places import move_lot
from dashboards.screens.lot.acting import act, form_part, place_of
from dashboards.views.messages import say
from dashboards.views.number_fields import Typed
from dashboards.views.standing import place_form
from dashboards.views.unit_fields import quantity_typed, unit_typed
from dashboards.words import places as words
from sql.record.transactions import Row


def draw_place_form(viewer: Person, lot: Row, lists: Mapping[str, Sequence[Row]]) -> None:
    """Draw the form, for whoever may write lots."""
    if viewer.may(Action.WRITE_LOTS):
        with form_part(words.PLACE_FORM, "place"):
            place_form(lot, lists["places_known"], save_place)


def save_place(used: str) -> None:
    """Record where the open lot went."""
    typed = st.session_state
    if typed["place_to"] is None:
        say("warning", words.PLACE_CHOOSE, place=place_of("place"))
        return
    act(
        "place",
        used,
        words.PLACE_MOVED.format(place=typed["place_to"]),
        move_lot,
        ["place_to", "place_from", "place_kg", "place_quantity", "place_reason"],
        is_timed=True,
        lot_code=st.query_params["lot"],
        to_place_code=typed["place_to"],
        from_place_code=typed["place_from"],
        quantity_kg=Typed("place_kg", values.moved_kg),
        quantity=quantity_typed("place_"),
        unit=unit_typed("place_"),
        reason=typed["place_reason"],
    )
