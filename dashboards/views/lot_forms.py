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
            "What was measured", key="reading_characteristic", placeholder="core temperature"
        )
        result_field(value, "Result", key="reading_value")
        unit.text_input("Unit", key="reading_unit", placeholder="°C")
        st.selectbox(
            "At gate",
            list(names),
            index=None,
            format_func=names.__getitem__,
            key="reading_gate",
            placeholder="None",
        )
        floor_time_fields("reading")
        submit("Record reading", "reading", on_click)


def parent_form(on_click: Callable[[str], None]) -> None:
    """Draw the form for a lot that went into this one."""
    # The Enter of a scanner ends the scan: nothing is saved without its kilograms.
    with st.form("parent", enter_to_submit=False):
        code, quantity = st.columns([3, 2])
        code.text_input("Lot that went in", key="parent_code", placeholder="Scan or type its code")
        number_field(quantity, TAKEN_LABEL, key="parent_kg", read=values.moved_kg)
        unit_fields(*st.columns([3, 2]), prefix="parent_")
        expiry_box("parent")
        floor_time_fields("parent")
        submit("Add parent", "parent", on_click)


def ship_form(
    lot: Row,
    customers: Iterable[Row],
    places: Sequence[Row],
    on_click: Callable[[str], None],
) -> None:
    """Draw the form for what leaves the plant."""
    names = partner_names(customers)
    if not names:
        st.info(
            "The record knows no customer yet. Add one on *Master data*, or import partners.csv."
        )
        return
    with st.form("ship", enter_to_submit=False):
        code, quantity = st.columns([3, 2])
        code.text_input("Shipment code", key="ship_code")
        number_field(quantity, SHIPPED_LABEL, key="ship_kg", read=values.moved_kg)
        unit_fields(*st.columns([3, 2]), prefix="ship_", unit=lot["unit"])
        st.selectbox(
            "Customer",
            list(names),
            index=None,
            format_func=names.__getitem__,
            key="ship_customer",
            placeholder="Choose a customer",
        )
        document, pallet = st.columns(2)
        document.text_input("Delivery note", key="ship_document")
        pallet.text_input("Pallet (SSCC)", key="ship_sscc")
        if places:
            place_choice(st, places, key="ship_place", label=PLACE_LEFT)
        expiry_box("ship")
        confirm_box("ship")
        floor_time_fields("ship")
        submit("Ship", "ship", on_click)


def submit(label: str, form: str, on_click: Callable[[str], None]) -> None:
    """Draw a form's button; its click is good once."""
    fresh = nonce(form)
    st.form_submit_button(label, on_click=on_click, args=(fresh,), key=f"{form}_save_{fresh}")
