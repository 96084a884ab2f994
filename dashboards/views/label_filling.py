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


def fill_from_label(key: str) -> None:
    """Fill product, supplier's lot, use-by and weight from the label in a field, if it is one.

    For callbacks; anything but a label stays as it was typed. What the label doesn't say stays.
    """
    reading = read_label(st.session_state[key].strip())
    if reading.kind is not LabelKind.SCAN:
        return
    with record().snapshot() as snapshot:
        product = snapshot.value("product_of_gtin", gtin=reading.gtin) if reading.gtin else None
    st.session_state[key] = ""
    _fill(reading, product)
    missing = reading.gtin is not None and product is None
    say("warning" if missing or reading.notes else "info", _words(reading, missing), place=PLACE)


def _fill(reading: Reading, product: str | None) -> None:
    """Put what the label says into the fields, and nothing where it says nothing surely."""
    is_sure = Note.MISSING_FNC1 not in reading.notes
    filled = {
        "new_product_code": product,
        "new_supplier_lot_code": reading.lot_codes[0] if reading.lot_codes and is_sure else None,
        "new_expires_on": reading.expires_on or reading.best_before_on,
        "new_weight_kg": number_shown(reading.net_kg) or None,
    }
    st.session_state.update({name: value for name, value in filled.items() if value is not None})


def _words(reading: Reading, is_unknown_product: bool) -> str:
    """Say how the label was read, and what is uncertain about it."""
    words = [LABEL_FILLED.format(parts=parts_said(reading))]
    if is_unknown_product:
        words.append(NO_PRODUCT_OF_GTIN.format(gtin=reading.gtin))
    return " ".join([*words, *(LABEL_NOTES[note] for note in reading.notes)])
