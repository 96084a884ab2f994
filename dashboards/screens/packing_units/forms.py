"""The forms that put into a unit, take out of it, ship it and void an entry; each saves once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st

from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.screens.packing_units import saving
from dashboards.screens.packing_units.shown import draw_lot
from dashboards.views.confirming import confirm_box
from dashboards.views.expiry import expiry_box
from dashboards.views.floor_time import floor_time_fields
from dashboards.views.messages import show
from dashboards.views.number_fields import number_field
from dashboards.views.once import nonce
from dashboards.views.partner_names import partner_names
from dashboards.views.place_choice import place_choice
from dashboards.views.tables import local
from dashboards.views.unit_fields import unit_fields
from dashboards.words import REASON_LABEL, how_much
from dashboards.words import packing as words
from dashboards.words.places import PLACE_LEFT
from sql.record.transactions import Row


def draw_forms(
    viewer: Person,
    sscc: str,
    held: Sequence[Row],
    entries: Sequence[Row],
    customers: Sequence[Row],
    places: Sequence[Row],
) -> None:
    """Draw the forms that a person may use on a unit.

    Args:
        viewer: The signed-in person.
        sscc: The unit.
        held: What is in it.
        entries: What was put in and taken out, newest first.
        customers: Whom it may be shipped to.
        places: What it may leave.
    """
    if not viewer.may(Action.WRITE_LOTS):
        st.info(words.NOT_PACKER)
        return
    with _form(words.PACK_LOT, "pack_lot", sscc, saving.save_lot):
        lot, quantity = st.columns([3, 2])
        lot.text_input(words.LOT, key="pack_lot_code")
        number_field(quantity, words.KG, key="pack_lot_kg", read=values.moved_kg)
        unit_fields(*st.columns([3, 2]), prefix="pack_lot_")
        draw_lot(st.session_state.get("pack_lot_code"))
    with _form(words.PACK_UNIT, "pack_unit", sscc, saving.save_unit):
        st.text_input(words.INNER, key="pack_unit_inner")
    if held:
        with _form(words.TAKE_OUT, "pack_out", sscc, saving.save_out):
            _choice(words.WHAT, "pack_out_what", {_what(row): _named(row) for row in held})
            number_field(st, words.TAKE_KG, key="pack_out_kg", read=values.moved_kg)
            unit_fields(*st.columns([3, 2]), prefix="pack_out_")
        with _form(words.SHIP, "pack_ship", sscc, saving.save_shipment):
            st.caption(words.SHIP_CAPTION)
            st.text_input(words.SHIPMENT_CODE, key="pack_ship_code")
            names = partner_names(customers)
            _choice(words.CUSTOMER, "pack_ship_customer", names)
            st.text_input(words.DOCUMENT, key="pack_ship_document")
            if places:
                place_choice(st, places, key="pack_ship_place", label=PLACE_LEFT)
            expiry_box("pack_ship")
    if entries and viewer.may(Action.CORRECT):
        with _form(words.VOID, "pack_void", sscc, saving.save_void, is_timed=False):
            st.caption(words.VOID_CAPTION)
            _choice(words.ENTRY, "pack_void_entry", {e["packing_id"]: _entry(e) for e in entries})
            st.text_input(REASON_LABEL, key="pack_void_reason")


@contextmanager
def _form(
    title: str, form: str, sscc: str, save: Callable[[str, str], None], *, is_timed: bool = True
) -> Iterator[None]:
    """Open one form's part of the screen; the time, a question and the button follow its fields."""
    with st.expander(title):
        show(form, about=sscc)
        yield
        if is_timed:
            floor_time_fields(form)
            confirm_box(form)
        fresh = nonce(form)
        st.button(title, key=f"{form}_save_{fresh}", on_click=save, args=(fresh, sscc))


def _choice(label: str, key: str, names: Mapping[Any, str]) -> None:
    """Draw a choice that nothing is chosen in at first."""
    if st.session_state.get(key) not in names:
        st.session_state[key] = None
    st.selectbox(
        label, list(names), key=key, format_func=names.__getitem__, placeholder=words.CHOOSE
    )


def _what(row: Row) -> tuple[str, str]:
    """Name what is in a unit for the command: which field, and what stands there."""
    is_lot = row["lot_code"] is not None
    return ("lot_code", row["lot_code"]) if is_lot else ("inner_sscc", row["inner_sscc"])


def _named(row: Row) -> str:
    """Name a lot or a unit for people, a lot with its amount."""
    if row["lot_code"] is None:
        return words.UNIT_NAMED.format(sscc=row["inner_sscc"])
    amount = how_much(row["quantity"], row["unit"], row["quantity_kg"])
    return f"{words.LOT_NAMED.format(code=row['lot_code'])} · {amount}"


def _entry(row: Row) -> str:
    """Name what was put in or taken out, and when."""
    return f"{words.KINDS[row['kind']]}: {_named(row)} · {local(row['happened_at'], saving.zone())}"
