"""How what was scanned or typed was read, and what is uncertain about it, in words."""

import streamlit as st

from dashboards.views.plain import literal
from dashboards.words import kilograms
from dashboards.words.searches import (
    LABEL_NOTES,
    LABEL_PARTS,
    LABEL_READ,
    LABEL_READ_AS,
    LABEL_SOUGHT,
    LABEL_UNKNOWN_PART,
)
from sql.genealogy.labels import LabelKind, Reading


def say_reading(reading: Reading) -> None:
    """Say how the input was read, and what is uncertain about it."""
    if reading.kind is LabelKind.SCAN:
        st.caption(literal(LABEL_READ.format(parts=parts_said(reading))))
    elif reading.kind is not LabelKind.TEXT:
        st.caption(
            literal(LABEL_READ_AS.format(part=LABEL_PARTS[reading.kind], typed=reading.typed))
        )
    for note in reading.notes:
        words = f"{LABEL_NOTES[note]} {LABEL_SOUGHT.get(note, '')}".rstrip()
        st.warning(words, icon=":material/barcode_scanner:")


def parts_said(reading: Reading) -> str:
    """Say the parts of a label as people write them: days as days, a weight in kilograms."""
    days = {
        "made": reading.made_on,
        "packed": reading.packed_on,
        "best_before": reading.best_before_on,
        "expires": reading.expires_on,
    }
    written = {name: day.isoformat() for name, day in days.items() if day is not None}
    if reading.net_kg is not None:
        written["net_kg"] = kilograms(reading.net_kg)
    return ", ".join(
        f"{_part_name(name)} {written.get(name, value)}" for name, value in reading.parts
    )


def _part_name(name: str) -> str:
    return LABEL_PARTS.get(name) or LABEL_UNKNOWN_PART.format(number=name)
