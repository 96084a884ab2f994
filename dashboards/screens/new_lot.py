"""Screen: register a lot together with what went into it."""

from dataclasses import astuple

import streamlit as st

from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.refusals import BadValue, Refusal
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import person
from dashboards.views.expiry import expiry_box, expiry_reason
from dashboards.views.floor_time import floor_time_keys, floor_time_typed
from dashboards.views.half_forms import forget_unless_drawn
from dashboards.views.links import LOTS, link_button
from dashboards.views.messages import say, say_problem, show
from dashboards.views.new_lot_form import describe, lot_fields
from dashboards.views.number_fields import number_field, number_typed
from dashboards.views.once import nonce, write_once
from dashboards.views.scans import lot_scanned, text_scanned
from dashboards.words import TAKEN_LABEL
from sql.errors import RecordUnavailable
from sql.record.transactions import Transaction

# Of how many lots that match, the newest and the first to expire, those with something left are
# offered.
NEWEST = 200

FIELDS = [
    "lot_code",
    "lot_type",
    "product_code",
    "weight_kg",
    "temperature_c",
    "expires_on",
    "supplier_code",
    "supplier_lot_code",
]
KEPT = {"lot_type", "product_code", "supplier_code"}

registrar = person()
forget_unless_drawn("new_", witness="new_lot_code")
parents: list[str] = st.session_state.setdefault("new_parents", [])


def register(used: str) -> None:
    """Register what was typed, once; all of it stays on the screen where the record refuses."""
    typed = {name: st.session_state[f"new_{name}"] for name in FIELDS}
    try:
        typed["weight_kg"] = number_typed("new_weight_kg")
        typed["temperature_c"] = number_typed("new_temperature_c", read=values.temperature_c)
        taken = [
            Parent(
                code,
                number_typed(f"new_kg_{code}", read=values.moved_kg),
                expiry_reason(f"new_{code}"),
            )
            for code in parents
        ]
    except BadValue as bad:
        say_problem(bad, place="new_lot")
        return

    def write(transaction: Transaction, by: Person) -> dict:
        lot = register_lot(transaction, by=by, parents=taken, happened_at=made_at, **typed)
        return {"lot_code": lot["lot_code"]}

    asked = {**typed, "parents": [astuple(lot) for lot in taken]}
    try:
        made_at = floor_time_typed("new", config().zone)
        asked["happened_at"] = made_at
        answer = write_once("new_lot", used, asked=asked, write=write)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="new_lot")
        return
    emptied = [f"new_{name}" for name in FIELDS if name not in KEPT]
    for key in [*emptied, *floor_time_keys("new")]:
        st.session_state[key] = "" if isinstance(st.session_state[key], str) else None
    parents.clear()
    lot_code = answer.body["lot_code"]
    st.session_state["new_saved"] = lot_code
    again = "Already saved. " if answer.is_repeat else ""
    say("success", f"{again}Lot {lot_code} is registered.", place="new_lot")


def add_parent() -> None:
    """Put the chosen lot on the list of what went in."""
    st.session_state["new_saved"] = None
    try:
        chosen = lot_scanned(st.session_state["new_parent"] or "", "parent_lot_code") or None
    except (BadValue, RecordUnavailable) as unclear:
        say_problem(unclear, place="new_lot")
        return
    if chosen is not None and chosen not in parents:
        parents.append(chosen)
    st.session_state["new_parent"] = None


def draw_parents() -> None:
    """Draw the search for parents and the kilograms taken from each."""
    st.markdown("## What went in")
    search, choose, add = st.columns([2, 4, 1], vertical_alignment="bottom")
    typed = search.text_input("Find a lot", key="new_parent_search", placeholder="Part of a code")
    with record().snapshot() as snapshot:
        found = snapshot.all("lots_to_take_from", search=text_scanned(typed) or None, newest=NEWEST)
        taken = {code: snapshot.one("lot_shown", lot_code=code) for code in parents}
    names = {lot["lot_code"]: describe(lot) for lot in found}
    choose.selectbox(
        "With something left, first to expire first",
        list(names),
        index=None,
        key="new_parent",
        format_func=lambda code: names.get(code) or code,
        placeholder=f"Choose from {len(names)}",
        accept_new_options=True,
    )
    add.button("Add", key="new_parent_add", on_click=add_parent, width="stretch")
    for code, lot in taken.items():
        st.text(f"{code} · not in the record" if lot is None else describe(lot))
        quantity, remove = st.columns([6, 1], vertical_alignment="bottom")
        number_field(quantity, TAKEN_LABEL, key=f"new_kg_{code}", read=values.moved_kg)
        remove.button(
            "Remove",
            key=f"new_remove_{code}",
            on_click=parents.remove,
            args=(code,),
            width="stretch",
        )
        if lot is not None and lot["is_expired"]:
            expiry_box(f"new_{code}")
    if not parents:
        st.caption("Nothing chosen: the lot was received, or its origin is not known.")


st.title("New lot")
if not registrar.may(Action.WRITE_LOTS):
    st.info("Your role reads lots. An operator, manager or administrator registers them.")
    st.stop()
show("new_lot")
if st.session_state.get("new_saved"):
    link_button("Open it", LOTS, st.session_state["new_saved"], key="new_open")
with record().snapshot() as reading:
    lot_fields(reading.all("products_known"), reading.all("suppliers_known"))
draw_parents()
fresh = nonce("new_lot")
st.button(
    "Register lot", type="primary", key=f"new_register_{fresh}", on_click=register, args=(fresh,)
)
