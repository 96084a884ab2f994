"""How what was scanned or typed was read, and what is uncertain about it, in words."""

import streamlit as st

from dashboards.views.plain import literal
from dashboards.words import kilograms
from dashboards.words.searches import LABEL_NOTES, LABEL_PARTS, LABEL_SOUGHT
from sql.genealogy.labels import LabelKind, Reading


def say_reading(reading: Reading) -> None:
    """Say how the input was read, and what is uncertain about it."""
    if reading.kind is LabelKind.SCAN:
        st.caption(literal(f"Read as a GS1 label: {parts_said(reading)}"))
    elif reading.kind is not LabelKind.TEXT:
        st.caption(literal(f"Read as {LABEL_PARTS[reading.kind]} {reading.typed}"))
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
        f"{LABEL_PARTS.get(name, f'AI {name}')} {written.get(name, value)}"
        for name, value in reading.parts
    )
