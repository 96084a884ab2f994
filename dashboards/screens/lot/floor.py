"""What happens to a lot on the floor: something is measured, goes into it, or leaves the plant."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.links import link_lots
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import BadValue
from dashboards.commands.shipments import record_shipment
from dashboards.screens.lot.acting import act, form_part, place_of
from dashboards.views.confirming import confirmed
from dashboards.views.expiry import draw_earlier, expiry_reason
from dashboards.views.lot_forms import parent_form, reading_form, ship_form
from dashboards.views.messages import say_problem
from dashboards.views.number_fields import Typed, TypedResult
from dashboards.views.origin import reading_said
from dashboards.views.scans import lot_scanned
from dashboards.views.unit_fields import quantity_typed, unit_typed
from dashboards.words import lot_forms as words
from sql.errors import RecordUnavailable
from sql.record.transactions import Row


def draw_floor_forms(viewer: Person, lot: Row, lists: Mapping[str, Sequence[Row]]) -> None:
    """Draw the forms that the person may use on the lot."""
    if viewer.may(Action.DECIDE):
        with form_part(words.READING_TITLE, "reading"):
            reading_form(lot, lists["gate_names"], lists["limits_asked_of_lot"], save_reading)
    if viewer.may(Action.WRITE_LOTS):
        with form_part(words.PARENT_TITLE, "parent"):
            parent_form(save_parent)
        with form_part(words.SHIP, "ship"):
            draw_earlier(lists["lots_that_expire_before"])
            ship_form(lot, lists["customers_known"], lists["places_known"], save_shipment)


def save_reading(used: str) -> None:
    """Record the typed reading."""
    typed = st.session_state
    act(
        "reading",
        used,
        reading_said,
        record_reading,
        ["reading_value"],
        is_timed=True,
        lot_code=st.query_params["lot"],
        characteristic=typed["reading_characteristic"],
        value=TypedResult("reading_value"),
        unit=typed["reading_unit"],
        gate_id=typed["reading_gate"],
    )


def save_parent(used: str) -> None:
    """Link the typed lot as a parent."""
    typed = st.session_state
    try:
        parent = lot_scanned(typed["parent_code"], "parent_lot_code")
    except (BadValue, RecordUnavailable) as unclear:
        say_problem(unclear, place=place_of("parent"))
        return
    act(
        "parent",
        used,
        words.PARENT_SAVED.format(lot=parent),
        link_lots,
        ["parent_code", "parent_kg", "parent_quantity", "parent_expiry_reason"],
        is_timed=True,
        child_lot_code=st.query_params["lot"],
        parent_lot_code=parent,
        quantity_kg=Typed("parent_kg", values.moved_kg),
        quantity=quantity_typed("parent_"),
        unit=unit_typed("parent_"),
        expiry_reason=expiry_reason("parent"),
    )


def save_shipment(used: str) -> None:
    """Record what leaves the plant."""
    typed = st.session_state
    act(
        "ship",
        used,
        words.SHIPMENT_SAVED.format(shipment=typed["ship_code"]),
        record_shipment,
        ["ship_kg", "ship_quantity", "ship_expiry_reason"],
        is_timed=True,
        lot_code=st.query_params["lot"],
        shipment_code=typed["ship_code"],
        customer_code=typed["ship_customer"] or "",
        quantity_kg=Typed("ship_kg", values.moved_kg),
        quantity=quantity_typed("ship_"),
        unit=unit_typed("ship_"),
        document=typed["ship_document"],
        sscc=typed["ship_sscc"],
        from_place_code=typed.get("ship_place"),
        confirmed=confirmed("ship"),
        expiry_reason=expiry_reason("ship"),
    )
