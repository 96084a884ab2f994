"""What of a trace must be held here, and which suppliers to call: places, kilograms, contacts."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.exports.trace_units import unit_columns
from dashboards.reader.signs import number
from dashboards.views.here import by_place, here_words
from dashboards.views.tables import table
from dashboards.words import tracing as words

Lot = Mapping[str, Any]

PLACE_COLUMNS = [
    "place",
    "standing",
    "lots_count",
    "on_hand_kg",
    "suspect_on_hand_kg",
    "unknown_count",
]
HERE_COLUMNS = [
    "lot_code",
    "place",
    "standing",
    "lot_type",
    "product_code",
    "disposition",
    "on_hand_kg",
    "suspect_on_hand_kg",
    "expires_on",
]
DELIVERY_COLUMNS = [
    "supplier_name",
    "supplier_lot_code",
    "phone",
    "email",
    "lot_code",
    "product_name",
    "weight_kg",
    "happened_at",
    "supplier_code",
]


def draw_here(here: Sequence[Lot], zone: ZoneInfo) -> None:
    """Draw what is here: by place, then lot by lot."""
    st.markdown(words.WHAT_TO_HOLD)
    st.text(here_words(here))
    if not here:
        return
    table(by_place(here), PLACE_COLUMNS, zone, key="trace_places")
    with st.expander(words.LOTS_HERE.format(count=number(len(here)))):
        table(here, [*HERE_COLUMNS, *unit_columns(here)], zone, key="trace_here")


def draw_suppliers(deliveries: Sequence[Lot], zone: ZoneInfo) -> None:
    """Draw whom the lots came from, under which of their own lot codes, and how to reach them."""
    st.markdown(words.SUPPLIERS_TO_CALL)
    if not deliveries:
        st.info(words.NO_SUPPLIER)
        return
    table(deliveries, DELIVERY_COLUMNS, zone, key="trace_suppliers")
