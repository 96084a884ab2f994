"""One lot's head, and what was written down about it when it was registered."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.wording import celsius
from dashboards.views.plain import literal
from dashboards.views.states import disposition_badge, late_words
from dashboards.views.tables import local, local_of
from dashboards.words import amount, how_much, in_own_unit, on_hand, type_words
from dashboards.words import lot as words
from sql.amounts import Amount, Sureness


def head(lot: Mapping[str, Any]) -> None:
    """Draw the lot's code, state and kilograms."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(literal(lot["lot_code"]), width="content")
        disposition_badge(lot["disposition"])
    weight, given_out, left = st.columns(3)
    weight.metric(
        words.WEIGHT, how_much(lot["quantity"], lot["unit"], lot["weight_kg"]), border=True
    )
    given_out.metric(words.GIVEN_OUT, _given_out(lot), border=True)
    left.metric(words.LEFT, on_hand(lot), border=True)


def _given_out(lot: Mapping[str, Any]) -> str:
    """Say what left a lot, in its own unit first."""
    kg = Amount.of(lot, "given_out")
    own = in_own_unit(lot["given_out_quantity"], lot["unit"])
    if own is None:
        return amount(kg)
    return own if kg.sureness is Sureness.UNKNOWN else f"{own} · {amount(kg)}"


def facts(lot: Mapping[str, Any], zone: ZoneInfo) -> None:
    """Draw what was written down about the lot when it was registered."""
    said = {
        words.TYPE: None
        if lot["lot_type"] is None
        else type_words(lot["lot_type"], lot["type_name"]),
        words.PRODUCT: _joined(lot["product_code"], lot["product_name"]),
        words.SUPPLIER: _joined(lot["supplier_code"], lot["supplier_name"]),
        words.PRINTED_CODE: lot["printed_code"],
        words.SUPPLIER_LOT: lot["supplier_lot_code"],
        words.RUN: lot["run_code"],
        words.PHASE: lot["phase_name"],
        words.TEMPERATURE: None if lot["temperature_c"] is None else celsius(lot["temperature_c"]),
        words.USE_BY: lot["expires_on"],
        words.ON_THE_FLOOR: local_of(lot, zone),
        words.RECORDED: _joined(
            local(lot["recorded_at"], zone), late_words(lot), lot["registered_by"]
        ),
        **{str(name): value for name, value in lot["metadata"].items()},
    }
    known = [(name, str(value)) for name, value in said.items() if value is not None]
    left, right = st.columns(2)
    half = len(known) // 2 + len(known) % 2
    _fact_list(left, known[:half])
    _fact_list(right, known[half:])


def _fact_list(place: Any, known: Sequence[tuple[str, str]]) -> None:
    """Draw names and values, a line each."""
    lines = [f"**{literal(name)}**: {literal(value)}" for name, value in known]
    place.markdown("  \n".join(lines))


def _joined(*parts: str | None) -> str | None:
    """Join a code and a name, as far as they are known."""
    return " · ".join(part for part in parts if part) or None
