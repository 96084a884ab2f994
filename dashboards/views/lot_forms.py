"""The forms of a lot's screen; what they do is the screen's."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.once import nonce
from dashboards.words import SIGN_HERE

Row = Mapping[str, Any]


def reading_form(gates: Iterable[Row], on_click: Callable[[str], None]) -> None:
    """Draw the form for one measured value."""
    names = {gate["gate_id"]: f"{gate['gate_number']} {gate['name_en']}" for gate in gates}
    with st.form("reading"):
        what, value, unit = st.columns([3, 2, 1])
        what.text_input(
            "What was measured", key="reading_characteristic", placeholder="core_temperature"
        )
        value.number_input("Value", value=None, step=0.1, format="%.2f", key="reading_value")
        unit.text_input("Unit", key="reading_unit", placeholder="C")
        st.selectbox(
            "At gate",
            list(names),
            index=None,
            format_func=names.__getitem__,
            key="reading_gate",
            placeholder="None",
        )
        _submit("Record reading", "reading", on_click)


def parent_form(on_click: Callable[[str], None]) -> None:
    """Draw the form for a lot that went into this one."""
    with st.form("parent"):
        code, quantity = st.columns([3, 2])
        code.text_input("Lot that went in", key="parent_code", placeholder="Scan or type its code")
        quantity.number_input(
            "Kilograms taken (empty: unknown)",
            value=None,
            min_value=0.0,
            step=1.0,
            format="%.3f",
            key="parent_kg",
        )
        _submit("Add parent", "parent", on_click)


def ship_form(customers: Iterable[Row], on_click: Callable[[str], None]) -> None:
    """Draw the form for what leaves the plant."""
    names = {row["partner_code"]: row["name"] for row in customers}
    if not names:
        st.info("The record knows no customer yet. Import partners.csv with `lotline import`.")
        return
    with st.form("ship"):
        code, quantity = st.columns([3, 2])
        code.text_input("Shipment code", key="ship_code")
        quantity.number_input(
            "Kilograms (empty: unknown)",
            value=None,
            min_value=0.0,
            step=1.0,
            format="%.3f",
            key="ship_kg",
        )
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
        _submit("Ship", "ship", on_click)


def correct_form(
    lot: Row, products: Iterable[Row], zone: ZoneInfo, on_click: Callable[[str], None]
) -> None:
    """Draw the form that restates a lot's values, filled with what is known now."""
    names = {row["product_code"]: row["name"] for row in products}
    known = {name: lot[name] for name in ("lot_code", "correction_id", "happened_at")}
    if st.session_state.get("correct_known") != known or "correct_day" not in st.session_state:
        # Another lot, one corrected meanwhile, or a form that was not drawn for a while.
        st.session_state.update(_as_known(lot, zone))
        st.session_state["correct_known"] = known
    with st.form("correct"):
        st.caption("Every value as it should read. What was written stays in the lot's history.")
        left, right = st.columns(2)
        left.number_input(
            "Weight, kg (empty: unknown)",
            min_value=0.0,
            step=1.0,
            format="%.3f",
            key="correct_weight_kg",
        )
        right.number_input(
            "Temperature, °C (empty: not measured)",
            step=0.1,
            format="%.2f",
            key="correct_temperature_c",
        )
        left.selectbox(
            "Product",
            list(names),
            key="correct_product",
            placeholder="None",
            format_func=lambda code: f"{code} · {names[code]}",
        )
        right.date_input("Use by", key="correct_expires_on")
        left.date_input("On the floor: day", key="correct_day")
        right.time_input("On the floor: time", key="correct_time", step=60)
        st.text_input("Reason, 10 characters or more", key="correct_reason")
        _submit("Correct the lot", "correct", on_click)


def moment_typed(zone: ZoneInfo) -> datetime:
    """Give the lot's time on the floor as the form of correction says it.

    Nobody types seconds, nor which of autumn's two hours: as long as the day and the minute read
    as the form showed them, the time stays what it was.
    """
    typed = st.session_state["correct_day"], st.session_state["correct_time"]
    was = st.session_state["correct_known"]["happened_at"]
    return was if typed == _day_and_minute(was, zone) else datetime.combine(*typed, zone)


def _as_known(lot: Row, zone: ZoneInfo) -> dict[str, Any]:
    """Give what the form of correction shows of a lot, by field."""
    weight, temperature = lot["weight_kg"], lot["temperature_c"]
    day, minute = _day_and_minute(lot["happened_at"], zone)
    return {
        "correct_weight_kg": None if weight is None else float(weight),
        "correct_temperature_c": None if temperature is None else float(temperature),
        "correct_product": lot["product_code"],
        "correct_expires_on": lot["expires_on"],
        "correct_day": day,
        "correct_time": minute,
    }


def _day_and_minute(moment: datetime, zone: ZoneInfo) -> tuple[date, time]:
    """Give the day and the minute a clock on the site showed."""
    local = moment.astimezone(zone).replace(second=0, microsecond=0, fold=0)
    return local.date(), local.time()


def void_form(links: Mapping[int, str], on_click: Callable[[str], None]) -> None:
    """Draw the form that voids one of the lot's links."""
    with st.form("void"):
        st.selectbox(
            "Link",
            list(links),
            index=None,
            key="void_link",
            format_func=links.__getitem__,
            placeholder="Choose the link that is wrong",
        )
        st.text_input("Reason, 10 characters or more", key="void_reason")
        _submit("Void this link", "void", on_click)


def withdraw_form(decisions: Mapping[int, str], on_click: Callable[[str], None]) -> None:
    """Draw the form that withdraws one of the lot's decisions, signed."""
    with st.form("withdraw"):
        st.selectbox(
            "Decision",
            list(decisions),
            index=None,
            key="withdraw_decision",
            format_func=decisions.__getitem__,
            placeholder="Choose the one made in error",
        )
        st.text_input("Reason, 10 characters or more", key="withdraw_reason")
        st.text_input(
            SIGN_HERE, type="password", key="withdraw_password", autocomplete="current-password"
        )
        _submit("Withdraw this decision", "withdraw", on_click)


def _submit(label: str, form: str, on_click: Callable[[str], None]) -> None:
    """Draw a form's button; its click is good once."""
    fresh = nonce(form)
    st.form_submit_button(label, on_click=on_click, args=(fresh,), key=f"{form}_save_{fresh}")
