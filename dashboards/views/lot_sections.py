"""The tables of a lot: what was decided, measured, linked, shipped, packed, moved and put right."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.tables import table
from dashboards.words import lot as words
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

MOVES = ["happened_at", "late", "from_place", "to_place", "moved", "reason", "recorded_by"]

UNITS = ["sscc", "stands_on", "quantity_kg", "packed_at", "shipment_code"]

SECTIONS = {
    "decisions_of_lot": (
        words.DECISIONS_TITLE,
        DECISIONS,
        words.NO_DECISIONS,
    ),
    "readings_of_lot": (words.READINGS_TITLE, READINGS, words.NO_READINGS),
    "parents_of_lot": (words.PARENTS_TITLE, NEIGHBOURS, words.NO_PARENTS),
    "children_of_lot": (words.CHILDREN_TITLE, NEIGHBOURS, words.NO_CHILDREN),
    "shipments_of_lot": (words.SHIPMENTS_TITLE, SHIPMENTS, words.NO_SHIPMENTS),
    "units_of_lot": (OF_LOT, UNITS, ""),
    "movements_of_lot": (words.MOVEMENTS_TITLE, MOVEMENTS, NOTHING_MOVED),
    "moves_of_lot": (MOVES_TITLE, MOVES, ""),
    "former_codes_of_lot": (FORMER_CODES, FORMER, ""),
    "corrections_of_lot": (words.VALUES_TITLE, VALUES, ""),
    "voided_facts_of_lot": (words.VOIDED_TITLE, VOIDED, ""),
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
