"""One lot in full: its facts, kilograms, decisions, readings, neighbours and shipments."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.plain import literal
from dashboards.views.states import disposition_badge
from dashboards.views.tables import local, table
from dashboards.words import LOT_TYPES, kilograms

DECISIONS = [
    "happened_at",
    "gate_number",
    "gate_name",
    "decision",
    "temperature_c",
    "notes",
    "decided_by",
    "signature",
    "withdrawn",
]
VALUES = [
    "recorded_at",
    "written_by",
    "reason",
    "product_code",
    "weight_kg",
    "temperature_c",
    "expires_on",
    "happened_at",
]
VOIDED = ["fact", "quantity_kg", "happened_at", "reason", "voided_by", "voided_at"]
READINGS = [
    "happened_at",
    "gate_number",
    "characteristic",
    "value",
    "unit",
    "within",
    "lower_bound",
    "upper_bound",
    "recorded_by",
]
NEIGHBOURS = ["lot_code", "lot_type", "disposition", "product_code", "quantity_kg", "happened_at"]
SHIPMENTS = ["happened_at", "shipment_code", "customer_name", "quantity_kg", "document", "sscc"]

SECTIONS = {
    "decisions_of_lot": (
        "Decisions",
        DECISIONS,
        "Nobody decided about this lot yet. Press Decide.",
    ),
    "readings_of_lot": ("Readings", READINGS, "Nothing was measured yet."),
    "parents_of_lot": ("Made from", NEIGHBOURS, "No parents are recorded."),
    "children_of_lot": ("Went into", NEIGHBOURS, "It went into no other lot so far."),
    "shipments_of_lot": ("Shipments", SHIPMENTS, "Nothing of it left the plant."),
    "corrections_of_lot": ("History of values", VALUES, ""),
    "voided_facts_of_lot": ("Voided", VOIDED, ""),
}


def head(lot: Mapping[str, Any]) -> None:
    """Draw the lot's code, state and kilograms."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(literal(lot["lot_code"]), width="content")
        disposition_badge(lot["disposition"])
    weight, given_out, left = st.columns(3)
    weight.metric("Weight", kilograms(lot["weight_kg"]), border=True)
    given_out.metric("Given out", kilograms(lot["given_out_kg"]), border=True)
    left.metric("Left", kilograms(lot["left_kg"]), border=True)


def facts(lot: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Draw what was written down about the lot when it was registered."""
    said = {
        "Type": LOT_TYPES.get(lot["lot_type"]),
        "Product": _joined(lot["product_code"], lot["product_name"]),
        "Supplier": _joined(lot["supplier_code"], lot["supplier_name"]),
        "Supplier's lot": lot["supplier_lot_code"],
        "Production run": lot["run_code"],
        "Phase": lot["phase_name"],
        "Temperature": None if lot["temperature_c"] is None else f"{lot['temperature_c']} °C",
        "Use by": lot["expires_on"],
        "On the floor": local(lot["happened_at"], zone),
        "Recorded": _joined(local(lot["recorded_at"], zone), lot["registered_by"]),
        **{str(name): value for name, value in lot["metadata"].items()},
    }
    known = [(name, str(value)) for name, value in said.items() if value is not None]
    left, right = st.columns(2)
    half = len(known) // 2 + len(known) % 2
    _fact_list(left, known[:half])
    _fact_list(right, known[half:])


def section(name: str, rows: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> None:
    """Draw one table of the lot, or the sentence for when there is nothing in it."""
    title, columns, empty = SECTIONS[name]
    if name == "corrections_of_lot" and len(rows) == 1:
        return  # the values as registered are the only ones there ever were
    if rows or empty:
        st.markdown(f"### {title}")
    if rows:
        table(rows, columns, zone, key=name, height="content" if len(rows) < 12 else 420)
    elif empty:
        st.caption(empty)


def _fact_list(place: Any, known: Sequence[tuple[str, str]]) -> None:
    """Draw names and values, a line each."""
    lines = [f"**{literal(name)}**: {literal(value)}" for name, value in known]
    place.markdown("  \n".join(lines))


def _joined(code: str | None, name: str | None) -> str | None:
    """Join a code and a name, as far as they are known."""
    return " · ".join(part for part in (code, name) if part) or None
