"""The tables of a lot: what was decided, measured, linked, shipped, packed, moved and put right."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.tables import table
from dashboards.words.movements import NOTHING_MOVED
from dashboards.words.packing import OF_LOT
from dashboards.words.places import MOVES_TITLE
from dashboards.words.renames import FORMER_CODES

DECISIONS = [
    "happened_at",
    "late",
    "gate_number",
    "gate_name",
    "decision",
    "temperature_c",
    "checklist",
    "notes",
    "decided_by",
    "signature",
    "withdrawn",
]
VALUES = [
    "recorded_at",
    "written_by",
    "reason",
    "lot_type",
    "product_code",
    "weight_kg",
    "temperature_c",
    "expires_on",
    "happened_at",
    "supplier_code",
    "supplier_lot_code",
    "printed_code",
    "run_code",
]
FORMER = ["former_code", "renamed_at", "renamed_by", "reason"]
VOIDED = [
    "fact",
    "quantity_kg",
    "happened_at",
    "reason",
    "voided_by",
    "voided_at",
    "void_late",
]
READINGS = [
    "happened_at",
    "late",
    "gate_number",
    "characteristic",
    "result",
    "unit",
    "within",
    "lower_bound",
    "upper_bound",
    "wanted_word",
    "recorded_by",
]
NEIGHBOURS = [
    "lot_code",
    "lot_type",
    "disposition",
    "product_code",
    "expires_on",
    "is_expired",
    "quantity_kg",
    "happened_at",
    "late",
]
SHIPMENTS = [
    "happened_at",
    "late",
    "shipment_code",
    "customer_name",
    "quantity_kg",
    "from_place",
    "document",
    "sscc",
]

MOVEMENTS = [
    "happened_at",
    "late",
    "kind",
    "quantity_kg",
    "difference_kg",
    "partner_name",
    "shipment_code",
    "place",
    "reason",
    "recorded_by",
    "signature",
]

MOVES = ["happened_at", "late", "from_place", "to_place", "quantity_kg", "reason", "recorded_by"]

UNITS = ["sscc", "stands_on", "quantity_kg", "packed_at", "shipment_code"]

SECTIONS = {
    "decisions_of_lot": (
        "Decisions",
        DECISIONS,
        "Nobody decided about this lot yet. Press Decide.",
    ),
    "readings_of_lot": ("Readings", READINGS, "Nothing was measured yet."),
    "parents_of_lot": ("Made from", NEIGHBOURS, "No parents are recorded."),
    "children_of_lot": ("Went into", NEIGHBOURS, "It went into no other lot so far."),
    "shipments_of_lot": ("Shipments", SHIPMENTS, "Nothing of this lot itself was shipped."),
    "units_of_lot": (OF_LOT, UNITS, ""),
    "movements_of_lot": ("Movements", MOVEMENTS, NOTHING_MOVED),
    "moves_of_lot": (MOVES_TITLE, MOVES, ""),
    "former_codes_of_lot": (FORMER_CODES, FORMER, ""),
    "corrections_of_lot": ("History of values", VALUES, ""),
    "voided_facts_of_lot": ("Voided", VOIDED, ""),
}


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
