"""The forms for what happens to a lot on the floor; what they do is the screen's."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.commands import values
from dashboards.views.confirming import confirm_box
from dashboards.views.decision_said import limits_said
from dashboards.views.expiry import expiry_box
from dashboards.views.floor_time import floor_time_fields
from dashboards.views.number_fields import number_field, result_field
from dashboards.views.once import nonce
from dashboards.views.partner_names import partner_names
from dashboards.views.place_choice import place_choice
from dashboards.views.unit_fields import unit_fields
from dashboards.words import SHIPPED_LABEL, TAKEN_LABEL
from dashboards.words import lot_forms as words
from dashboards.words.places import PLACE_LEFT

Row = Mapping[str, Any]


def reading_form(
    lot: Row, gates: Iterable[Row], asked: Sequence[Row], on_click: Callable[[str], None]
) -> None:
    """Draw the form for one measured value, and what the gates of the lot's type ask for."""
    names = {gate["gate_id"]: f"{gate['gate_number']} {gate['name_en']}" for gate in gates}
    with st.form("reading"):
        if asked:
            st.caption(limits_said(lot["lot_code"], asked))
        what, value, unit = st.columns([3, 2, 1])
        what.text_input(
            words.MEASURED, key="reading_characteristic", placeholder=words.MEASURED_HELP
        )
        result_field(value, words.RESULT, key="reading_value")
        unit.text_input(words.READING_UNIT, key="reading_unit", placeholder=words.READING_UNIT_HELP)
        st.selectbox(
            words.AT_GATE,
            list(names),
            index=None,
            format_func=names.__getitem__,
            key="reading_gate",
            placeholder=words.NONE,
        )
        floor_time_fields("reading")
        submit(words.SAVE_READING, "reading", on_click)


def parent_form(on_click: Callable[[str], None]) -> None:
    """Draw the form for a lot that went into this one."""
    # The Enter of a scanner ends the scan: nothing is saved without its kilograms.
    with st.form("parent", enter_to_submit=False):
        code, quantity = st.columns([3, 2])
        code.text_input(words.PARENT, key="parent_code", placeholder=words.PARENT_HELP)
        number_field(quantity, TAKEN_LABEL, key="parent_kg", read=values.moved_kg)
        unit_fields(*st.columns([3, 2]), prefix="parent_")
        expiry_box("parent")
        floor_time_fields("parent")
        submit(words.SAVE_PARENT, "parent", on_click)


def ship_form(
    lot: Row,
    customers: Iterable[Row],
    places: Sequence[Row],
    on_click: Callable[[str], None],
) -> None:
    """Draw the form for what leaves the plant."""
    names = partner_names(customers)
    if not names:
        st.info(words.NO_CUSTOMER)
        return
    with st.form("ship", enter_to_submit=False):
        code, quantity = st.columns([3, 2])
        code.text_input(words.SHIPMENT_CODE, key="ship_code")
        number_field(quantity, SHIPPED_LABEL, key="ship_kg", read=values.moved_kg)
        unit_fields(*st.columns([3, 2]), prefix="ship_", unit=lot["unit"])
        st.selectbox(
            words.CUSTOMER,
            list(names),
            index=None,
            format_func=names.__getitem__,
            key="ship_customer",
            placeholder=words.CHOOSE_CUSTOMER,
        )
        document, pallet = st.columns(2)
        document.text_input(words.DOCUMENT, key="ship_document")
        pallet.text_input(words.PALLET, key="ship_sscc")
        if places:
            place_choice(st, places, key="ship_place", label=PLACE_LEFT)
        expiry_box("ship")
        confirm_box("ship")
        floor_time_fields("ship")
        submit(words.SHIP, "ship", on_click)


def submit(label: str, form: str, on_click: Callable[[str], None]) -> None:
    """Draw a form's button; its click is good once."""
    fresh = nonce(form)
    st.form_submit_button(label, on_click=on_click, args=(fresh,), key=f"{form}_save_{fresh}")
