"""What else happens to the open lot: waste, samples, what is destroyed, comes back, is counted."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.movements import register_movement
from dashboards.screens.lot.acting import act, form_part, place_of
from dashboards.sessions.connections import record
from dashboards.views.messages import say
from dashboards.views.movement_form import move_form
from dashboards.views.number_fields import Typed
from dashboards.views.passwords import take_password
from dashboards.views.unit_fields import quantity_typed, unit_typed
from dashboards.words import kilograms
from dashboards.words import movements as words
from dashboards.words.lot_forms import MOVE_TITLE
from sql.movements import MovementKind
from sql.record.transactions import Row

FIELDS = ["move_kg", "move_quantity", "move_reason"]


def draw_move_form(viewer: Person, lot: Row, lists: Mapping[str, Sequence[Row]]) -> None:
    """Draw the form, for whoever may write lots."""
    if viewer.may(Action.WRITE_LOTS):
        with form_part(MOVE_TITLE, "move"):
            st.session_state["move_lines"] = {
                line["shipment_id"]: line["shipment_code"] for line in lists["lines_shipped"]
            }
            _say_packed(lot)
            names = ("lines_shipped", "partners_known", "places_known")
            move_form(lot, *(lists[name] for name in names), on_click=save_movement)


def _say_packed(lot: Row) -> None:
    """Say to who counts what of the lot stands in units: it belongs to what was found."""
    if st.session_state.get("move_kind") != MovementKind.COUNTED:
        return
    with record().snapshot() as snapshot:
        packed = snapshot.one("packed_of_lot", lot_id=lot["lot_id"]) or {}
    if packed["kg"]:
        st.info(words.MOVE_COUNT_PACKED.format(kilograms=kilograms(packed["kg"])))
    elif packed["unweighed_count"]:
        st.info(words.MOVE_COUNT_UNWEIGHED)


def save_movement(used: str) -> None:
    """Record what happened to the open lot."""
    typed = st.session_state
    kind = typed.get("move_kind")
    password = take_password("move_password") if "move_password" in typed else None
    if kind is None:
        say("warning", words.MOVE_CHOOSE, place=place_of("move"))
        return
    is_return = kind == MovementKind.RETURNED
    line = typed.get("move_line") if is_return else None
    if is_return and line is None:
        say("warning", words.MOVE_CHOOSE_LINE, place=place_of("move"))
        return
    is_count = kind == MovementKind.COUNTED
    act(
        "move",
        used,
        words.MOVE_SAVED.format(kind=words.MOVEMENT_KINDS[kind]),
        register_movement,
        FIELDS,
        password=password,
        is_timed=True,
        lot_code=st.query_params["lot"],
        kind=str(kind),
        quantity_kg=Typed("move_kg", values.weight_kg if is_count else values.moved_kg),
        quantity=quantity_typed("move_"),
        unit=unit_typed("move_"),
        reason=typed["move_reason"],
        partner_code=typed.get("move_partner"),
        shipment_code=typed["move_lines"].get(line),
        shipment_id=line,
        place_code=typed.get("move_place"),
    )
