"""What was typed into the fields of a part of the process."""

from typing import Any

import streamlit as st

from dashboards.commands.process import Kind, Part
from dashboards.views.plant_form import slot


def cells_typed(kind: Kind, of: str) -> dict[str, str]:
    """Return what stands in the fields, as cells of a file would say it."""
    typed = {column: st.session_state.get(slot(kind.name, column, of)) for column in kind.columns}
    return {
        column: " ".join(value) if isinstance(value, list) else value or ""
        for column, value in typed.items()
    }


def points_typed(gate_number: Any, of: str) -> list[Part]:
    """Return the points of the checklist that were typed; Hungarian that is lacking is English."""
    english, hungarian = (
        [
            line.strip()
            for line in str(st.session_state.get(slot("gates", name, of), "")).split("\n")
        ]
        for name in ("points_en", "points_hu")
    )
    return [
        {
            "gate_number": gate_number,
            "point": at,
            "text_en": said,
            "text_hu": hungarian[at - 1] if at <= len(hungarian) and hungarian[at - 1] else said,
        }
        for at, said in enumerate((one for one in english if one), start=1)
    ]


def reason_typed(kind: str, of: str) -> str:
    """Return why the change is made."""
    return str(st.session_state.get(slot(kind, "reason", of)) or "")
