"""The forms of a lot's screen; what they do is the screen's."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

Row = Mapping[str, Any]


def reading_form(gates: Iterable[Row], on_click: Callable[[], None]) -> None:
    """Draw the form for one measured value."""
    names = {gate["gate_id"]: f"{gate['gate_number']} {gate['name_en']}" for gate in gates}
    with st.form("reading"):
        what, value, unit = st.columns([3, 2, 1])
        what.text_input("What was measured", key="reading_characteristic",
                        placeholder="core_temperature")  # fmt: skip
        value.number_input("Value", value=None, step=0.1, format="%.2f", key="reading_value")
        unit.text_input("Unit", key="reading_unit", placeholder="C")
        st.selectbox("At gate", list(names), index=None, format_func=names.get,
                     key="reading_gate", placeholder="None")  # fmt: skip
        st.form_submit_button("Record reading", on_click=on_click, key="reading_save")


def parent_form(on_click: Callable[[], None]) -> None:
    """Draw the form for a lot that went into this one."""
    with st.form("parent"):
        code, quantity = st.columns([3, 2])
        code.text_input("Lot that went in", key="parent_code", placeholder="Scan or type its code")
        quantity.number_input("Kilograms taken (empty: unknown)", value=None, min_value=0.0,
                              step=1.0, format="%.3f", key="parent_kg")  # fmt: skip
        st.form_submit_button("Add parent", on_click=on_click, key="parent_save")


def ship_form(customers: Iterable[Row], on_click: Callable[[], None]) -> None:
    """Draw the form for what leaves the plant."""
    names = {row["partner_code"]: row["name"] for row in customers}
    if not names:
        st.info("The record knows no customer yet. Import partners.csv with `lotline import`.")
        return
    with st.form("ship"):
        code, quantity = st.columns([3, 2])
        code.text_input("Shipment code", key="ship_code")
        quantity.number_input("Kilograms (empty: unknown)", value=None, min_value=0.0, step=1.0,
                              format="%.3f", key="ship_kg")  # fmt: skip
        st.selectbox("Customer", list(names), index=None, format_func=names.get,
                     key="ship_customer", placeholder="Choose a customer")  # fmt: skip
        document, pallet = st.columns(2)
        document.text_input("Delivery note", key="ship_document")
        pallet.text_input("Pallet (SSCC)", key="ship_sscc")
        st.form_submit_button("Ship", on_click=on_click, key="ship_save")
