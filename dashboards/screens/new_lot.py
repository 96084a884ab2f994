"""Screen: register a lot together with what went into it."""

from dataclasses import astuple

import streamlit as st

from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import BadValue, Refusal
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import person
from dashboards.views.floor_time import floor_stretch_typed, floor_time_keys
from dashboards.views.focus import look_again
from dashboards.views.half_forms import empty_fields, forget_unless_drawn
from dashboards.views.label_filling import OWN_CODE
from dashboards.views.late_choices import choices
from dashboards.views.links import LOTS, link_button
from dashboards.views.messages import say, say_problem, show
from dashboards.views.new_lot_form import lot_fields
from dashboards.views.number_fields import number_typed
from dashboards.views.once import nonce, write_once
from dashboards.views.plain import literal
from dashboards.views.taken_lots import draw_taken_lots, taken_lots, taken_typed
from dashboards.views.unit_fields import quantity_typed, unit_typed
from dashboards.words import lots as words
from sql.errors import RecordUnavailable
from sql.record.transactions import Transaction

FIELDS = [
    "lot_code",
    "lot_type",
    "product_code",
    "weight_kg",
    "quantity",
    "unit",
    "temperature_c",
    "expires_on",
    "supplier_code",
    "supplier_lot_code",
    "printed_code",
    "place_code",
]
INSISTING = "new_beyond_reason"
# Choices that what comes in together shares; where each stands is its own, and emptied apart.
KEPT = {"lot_type", "product_code", "supplier_code", "unit", "place_code"}

registrar = person()
forget_unless_drawn("new_", witness="new_lot_code")
parents = taken_lots("new")


def register(used: str) -> None:
    """Register what was typed, once; all of it stays on the screen where the record refuses."""
    typed = {name: st.session_state[f"new_{name}"] for name in FIELDS}
    try:
        typed["weight_kg"] = number_typed("new_weight_kg")
        typed |= {"quantity": quantity_typed("new_").typed(), "unit": unit_typed("new_")}
        typed["temperature_c"] = number_typed("new_temperature_c", read=values.temperature_c)
        taken = taken_typed("new")
    except BadValue as bad:
        say_problem(bad, place="new_lot")
        return

    insisting = st.session_state.get(INSISTING) or None

    def write(transaction: Transaction, by: Person) -> dict:
        lot = register_lot(
            transaction,
            by=by,
            parents=taken,
            happened_at=made_at,
            beyond_reason=insisting,
            **typed,
        )
        return {"lot_code": lot["lot_code"]}

    asked = {**typed, "beyond_reason": insisting, "parents": [astuple(lot) for lot in taken]}
    try:
        made_at = floor_stretch_typed("new", config().zone)
        asked["happened_at"] = made_at and str(made_at)
        answer = write_once("new_lot", used, asked=asked, write=write)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="new_lot")
        return
    st.session_state["new_place_code"] = None
    emptied = [f"new_{name}" for name in FIELDS if name not in KEPT]
    empty_fields([*emptied, INSISTING, *floor_time_keys("new")])
    parents.clear()
    look_again()
    lot_code = answer.body["lot_code"]
    st.session_state["new_saved"] = lot_code
    again = words.ALREADY_SAVED if answer.is_repeat else ""
    say("success", words.REGISTERED.format(again=again, lot=lot_code), place="new_lot")


st.title(words.NEW_LOT)
if not registrar.may(Action.WRITE_LOTS):
    st.info(words.NOT_REGISTRAR)
    st.stop()
typed_code = st.session_state.get(OWN_CODE) or ""
show("new_lot", about=typed_code)
with st.container():
    saved = st.session_state.get("new_saved")
    if saved and not typed_code:
        link_button(words.OPEN_IT.format(lot=literal(saved)), LOTS, saved, key="new_open")
with record().snapshot() as reading:
    names = ("products_known", "suppliers_known", "lot_types_known", "places_known")
    known = (choices(reading, name, registrar) for name in names)
    lot_fields(*known, may_insist=registrar.may(Action.CORRECT))
st.markdown(words.WHAT_WENT_IN)
draw_taken_lots("new", place="new_lot", has_units=True)
if not parents:
    st.caption(words.NOTHING_WENT_IN)
fresh = nonce("new_lot")
st.button(
    words.REGISTER, type="primary", key=f"new_register_{fresh}", on_click=register, args=(fresh,)
)
