"""What is in the scanned unit and how it left, and the units packed last."""

from collections.abc import Sequence

import streamlit as st

from dashboards.commands.refusals import BadValue
from dashboards.sessions.connections import config, record
from dashboards.views.new_lot_form import describe
from dashboards.views.plain import literal
from dashboards.views.scans import lot_scanned
from dashboards.views.states import disposition_words
from dashboards.views.tables import chosen_rows, table
from dashboards.words import kilograms
from dashboards.words import packing as words
from sql.errors import RecordUnavailable
from sql.record.transactions import Row

HELD = ["lot_code", "inner_sscc", "lot_type", "product_code", "quantity_kg", "packed_at"]
UNITS = [
    "sscc",
    "packed_at",
    "lots_count",
    "lot_codes",
    "quantity_kg",
    "stands_on",
    "shipment_code",
]
NEWEST = 100
STOPS = ("hold", "rejected", "stopped")


def draw_unit(
    sscc: str,
    held: Sequence[Row],
    stands_on: str | None,
    shipped: Row | None,
    keeping: Sequence[Row],
) -> None:
    """Draw what is in a unit, what it stands on, the shipment it left with, or what keeps it here.

    Args:
        sscc: The unit.
        held: What is in it.
        stands_on: The unit it stands on; None: the floor.
        shipped: How it left; None: it is here.
        keeping: The lots in it that may not leave as they are.
    """
    st.markdown(f"## {literal(words.INSIDE.format(sscc=sscc))}")
    if shipped is not None:
        said = words.SHIPPED.format(
            shipment=shipped["shipment_code"], customer=shipped["customer_name"]
        )
        st.info(literal(said))
    elif keeping:
        st.warning(literal(words.KEEPS.format(lots=", ".join(map(_kept, keeping)))))
    if stands_on is not None:
        st.caption(words.STANDS_ON.format(sscc=stands_on))
    if held:
        table(held, HELD, config().zone, key="packing_held", height="content")
    else:
        st.caption(words.NOTHING_INSIDE)


def _kept(lot: Row) -> str:
    """Say which lot may not leave, and why."""
    stops = [disposition_words(lot["disposition"])] if lot["disposition"] in STOPS else []
    why = [*stops, *([words.EXPIRED] if lot["is_expired"] else [])]
    return f"{lot['lot_code']} ({', '.join(why)})"


def draw_lot(typed: str | None) -> None:
    """Say of the lot that is typed what it has, what of it is packed already, and its state."""
    try:
        code = lot_scanned(typed) if typed else ""
    except (BadValue, RecordUnavailable):
        return  # said where it is saved
    with record().snapshot() as reading:
        lot = reading.one("lot_shown", lot_code=code) if code else None
        packed = reading.one("packed_of_lot", lot_id=lot["lot_id"]) if lot is not None else None
    if lot is None or packed is None:
        return
    said = [describe(lot)]
    if packed["kg"]:
        said.append(words.OF_IT_PACKED.format(kilograms=kilograms(packed["kg"])))
    if packed["unweighed_count"]:
        said.append(words.OF_IT_UNWEIGHED.format(count=packed["unweighed_count"]))
    st.text(" · ".join(said))


def draw_units() -> None:
    """Draw the units packed last; one chosen is opened."""
    st.markdown(f"## {words.UNITS}")
    search = st.text_input(words.SEARCH, key="packing_search").strip()
    with record().snapshot() as reading:
        found = reading.all("units_newest", search=search or None, newest=NEWEST)
    if not found:
        st.info(words.NO_UNITS)
        return

    def opened() -> None:
        chosen = chosen_rows(st.session_state["packing_list"], len(found))
        if chosen:
            st.session_state["packing_sscc"] = found[chosen[0]]["sscc"]

    table(found, UNITS, config().zone, key="packing_list", select=opened)
    if len(found) == NEWEST:
        st.caption(words.SHOWN_FIRST.format(count=NEWEST))
