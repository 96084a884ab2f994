"""A supplier's label scanned into a field of a new lot fills the fields that it speaks about."""

import streamlit as st

from dashboards.sessions.connections import record
from dashboards.views.label_reading import parts_said
from dashboards.views.messages import say
from dashboards.views.number_fields import number_shown
from dashboards.words import LABEL_FILLED, NO_PRODUCT_OF_GTIN
from dashboards.words.searches import LABEL_NOTES
from sql.genealogy.labels import LabelKind, Note, Reading, read_label

PLACE = "new_lot"
OWN_CODE = "new_lot_code"
_FILLED = "new_filled_from_label"


def fill_from_label(key: str) -> None:
    """Fill product, supplier's lot, use-by and weight from the label in a field, if it is one.

    For callbacks; anything but a label stays as it was typed. What an earlier label filled goes:
    it was about another delivery. What a person typed stays where this label says nothing of it.
    """
    reading = read_label(st.session_state[key])
    if reading.kind is not LabelKind.SCAN:
        return
    with record().snapshot() as snapshot:
        product = snapshot.value("product_of_gtin", gtin=reading.gtin) if reading.gtin else None
    st.session_state[key] = ""
    _fill(reading, product)
    missing = reading.gtin is not None and product is None
    say("warning" if missing or reading.notes else "info", _words(reading, missing), place=PLACE)


def _fill(reading: Reading, product: str | None) -> None:
    """Put what the label surely says into the fields it speaks of; empty those it leaves open."""
    is_sure = Note.MISSING_FNC1 not in reading.notes
    printed = dict(reading.parts)
    said = {
        "new_product_code": ("gtin" in printed, product),
        "new_supplier_lot_code": (
            "lot" in printed,
            reading.lot_codes[0] if reading.lot_codes and is_sure else "",
        ),
        "new_expires_on": (
            "expires" in printed or "best_before" in printed,
            reading.expires_on or reading.best_before_on,
        ),
        "new_weight_kg": ("net_kg" in printed, number_shown(reading.net_kg)),
    }
    earlier = st.session_state.get(_FILLED, {})
    for name, (is_spoken_of, value) in said.items():
        if is_spoken_of or (name in earlier and st.session_state[name] == earlier[name]):
            st.session_state[name] = value
    st.session_state[_FILLED] = {name: value for name, (spoken, value) in said.items() if spoken}


def _words(reading: Reading, is_unknown_product: bool) -> str:
    """Say how the label was read, and what is uncertain about it."""
    words = [LABEL_FILLED.format(parts=parts_said(reading))]
    if is_unknown_product:
        words.append(NO_PRODUCT_OF_GTIN.format(gtin=reading.gtin))
    return " ".join([*words, *(LABEL_NOTES[note] for note in reading.notes)])
