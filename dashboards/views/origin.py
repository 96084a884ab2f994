"""What stops a lot by its origin, what was assessed, and the form that assesses it.

What a click on the form does is the screen's.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.import_damage import damage_said
from dashboards.commands.readings import Recorded
from dashboards.views.floor_time import floor_time_fields
from dashboards.views.lot_forms import submit
from dashboards.views.passwords import password_field
from dashboards.views.plain import literal
from dashboards.views.tables import table
from dashboards.words import SIGN_HERE, column_heading
from dashboards.words import lot as words
from dashboards.words.lot_forms import ASSESS, ASSESS_SAID
from dashboards.words.origins import (
    ASSESS_REASON,
    DAMAGE_FOLLOWS,
    DEVIATION_SAID,
    EXPIRED_SAID,
    READING_DONE,
    READING_HOLDS,
    READING_UNJUDGED,
    STOPPED_SAID,
    WAITS_SAID,
)
from sql.genealogy.origin_stops import not_assessed

STOPPING = [
    "lot_code",
    "lot_type",
    "share",
    "decision",
    "gate_number",
    "happened_at",
    "decided_by",
    "notes",
]
ASSESSED = [
    "lot_code",
    "share",
    "decision",
    "happened_at",
    "assessed_by",
    "assessed_at",
    "assessment_late",
    "reason",
    "signature",
]

Rows = Sequence[Mapping[str, Any]]


def state_said(lot: Mapping[str, Any], waits_for: Rows) -> None:
    """Say what the lot's state means: for which gates it waits, or since when it has expired."""
    if lot["is_expired"]:
        st.warning(EXPIRED_SAID.format(day=lot["expires_on"]), icon=":material/event_busy:")
    if lot["disposition"] == "pending":
        gates = ", ".join(
            words.GATE_NAMED.format(number=row["gate_number"], name=row["name_en"])
            for row in waits_for
        )
        st.caption(WAITS_SAID.format(gates=literal(gates) or words.NO_GATE))


def draw_deviations(readings: Rows) -> None:
    """Say which results are outside their limit while no HOLD or FAIL answers them.

    Where no limit says what is wanted, `detected` and `not ok` are asked about all the same.
    """
    said = [
        f"{row['characteristic']} {row['result']} {row['unit']}".strip()
        for row in readings
        if row["deviates"] and not row["is_answered"]
    ]
    if said:
        text = DEVIATION_SAID.format(results=literal("; ".join(dict.fromkeys(said))))
        st.error(text, icon=":material/science:")


def reading_said(written: Recorded) -> str:
    """Say that a reading is recorded, that it holds its lot, and that no limit judges it."""
    if written.held_for is not None:
        return READING_HOLDS.format(why=written.held_for)
    return READING_DONE if written.is_limited else READING_UNJUDGED


def draw_damage(identifiers: Rows) -> None:
    """Say which identifiers of the lot a spreadsheet or a misreading spoilt, and what follows."""
    if identifiers:
        said = [
            f"{column_heading(row['field'])} {row['written']} "
            f"{damage_said(row['damage'], row['kind'])}"
            for row in identifiers
        ]
        text = f"{literal(' · '.join(dict.fromkeys(said)))} {DAMAGE_FOLLOWS}"
        st.warning(text, icon=":material/broken_image:")


def draw_stops(stops: Rows, zone: ZoneInfo) -> None:
    """Draw the ancestors that stop the lot, and those that a manager assessed."""
    standing = not_assessed(stops)
    if standing:
        st.error(STOPPED_SAID, icon=":material/block:")
        table(standing, STOPPING, zone, key="lot_stops", height="content")
    assessed = [stop for stop in stops if stop["assessment_id"] is not None]
    if assessed:
        st.markdown(words.ASSESSED_TITLE)
        table(assessed, ASSESSED, zone, key="lot_assessed", height="content")


def assess_form(stops: Rows, on_click: Callable[[str], None]) -> None:
    """Draw the form that lets the lot go in spite of its origin, signed."""
    st.session_state["assess_seen"] = [stop["decision_id"] for stop in stops]
    with st.form("assess"):
        st.caption(ASSESS_SAID)
        st.text_input(ASSESS_REASON, key="assess_reason")
        floor_time_fields("assess")
        password_field(SIGN_HERE, "assess_password", "current-password")
        submit(ASSESS, "assess", on_click)
