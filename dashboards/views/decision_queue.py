"""What waits at the gates: the gates, the lots at one of them, and the latest decisions."""

from collections.abc import Sequence
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.reader.signs import number
from dashboards.views.tables import table
from dashboards.words import HELD_AS_SUCH, plural
from dashboards.words import deciding as words
from dashboards.words.nouns import LOT
from dashboards.words.origins import COME_BACK_LIST, NO_GATE_SERVES, STOPPED_LIST, WAITING_IN_ALL
from sql.record.transactions import Row

SHORT = 7
WAITING = ["lot_code", "age_hours", "product_code", "weight_kg", "temperature_c", "happened_at"]
HELD = ["lot_code", "age_hours", "notes", "decided_by", "product_code", "weight_kg", "happened_at"]
STOPPED = ["lot_code", "lot_type", "stopped_by", "product_code", "weight_kg", "happened_at"]
COME_BACK = ["lot_code", "age_hours", "returned_kg", "lot_type", "product_code", "happened_at"]
LATEST = [
    "lot_code",
    "decision",
    "gate_number",
    "gate_name",
    "happened_at",
    "decided_by",
    "notes",
    "temperature_c",
    "late",
    "signature",
]


def choose_gate(gates: Sequence[Row], *, key: str) -> Row | None:
    """Draw the gates with how many lots wait at each; return the chosen one, None at first.

    None is chosen for a person: a lot decided about where it doesn't wait would count as decided.
    """
    by_id = {gate["gate_id"]: gate for gate in gates}
    if st.session_state.get(key) not in by_id:
        st.session_state[key] = None  # what stood at no gate stands no more
    chosen = st.segmented_control(
        words.GATE,
        list(by_id),
        key=key,
        required=True,
        wrap=True,
        format_func=lambda gate_id: _choice(by_id[gate_id]),
    )
    return by_id.get(chosen)


def draw_queue(gate: Row, waiting: Sequence[Row], held: Sequence[Row], zone: ZoneInfo) -> None:
    """Draw the lots that wait and those on HOLD at the gate, each with its age."""
    if not gate["gate_id"]:
        draw_held_as_such(gate, held, zone)
        return
    st.markdown(words.WAITING_TITLE.format(count=gate["waiting_count"]))
    if gate["lot_type"] is None:
        st.caption(words.NO_QUEUE)
    elif not waiting:
        st.info(words.NO_LOT_WAITS)
    else:
        if gate["waiting_count"] > len(waiting):
            st.caption(words.OLDEST_LISTED.format(shown=len(waiting)))
        table(waiting, WAITING, zone, key="qc_waiting", height=_height(waiting))
    if held:
        st.markdown(words.ON_HOLD_TITLE.format(count=gate["held_count"]))
        if gate["held_count"] > len(held):
            st.caption(words.LONGEST_HELD.format(shown=len(held)))
        table(held, HELD, zone, key="qc_held", height=_height(held))


def draw_held_as_such(gate: Row, held: Sequence[Row], zone: ZoneInfo) -> None:
    """Draw the lots that a decision about them as such holds, with reason and person."""
    if not held:
        return
    st.markdown(words.HELD_AS_SUCH_TITLE.format(count=number(gate["held_count"])))
    more = words.LONGEST_HELD_TOO.format(shown=len(held)) if gate["held_count"] > len(held) else ""
    st.caption(HELD_AS_SUCH + more)
    table(held, HELD, zone, key="qc_held_as_such", height=_height(held))


def _choice(gate: Row) -> str:
    """Name a gate with how many lots wait; what is no gate, with how many are on HOLD."""
    if not gate["gate_id"]:
        return f"{gate['name_en']} (‖ {gate['held_count']})"
    return f"{gate['gate_number']} {gate['name_en']} ({gate['waiting_count']})"


def say_waiting(gates: Sequence[Row]) -> None:
    """Say how many lots wait in all, as the quality board counts them."""
    for gate in gates[:1]:  # each says it
        nowhere = gate["nowhere_count"]
        also = NO_GATE_SERVES.format(lots=plural(nowhere, LOT)) if nowhere else ""
        waiting = plural(gate["waiting_in_all_count"], LOT)
        st.caption(WAITING_IN_ALL.format(lots=waiting) + also)


def draw_stopped(stopped: Sequence[Row], zone: ZoneInfo) -> None:
    """Draw the lots that their origin stops, for a manager to assess on their screens."""
    if stopped:
        _title(words.STOPPED_TITLE, stopped, STOPPED_LIST, words.NEWEST_LISTED)
        table(stopped, STOPPED, zone, key="qc_stopped", height=_height(stopped))


def draw_come_back(come_back: Sequence[Row], zone: ZoneInfo) -> None:
    """Draw the lots that customers sent back and nobody has decided about since."""
    if come_back:
        longest = words.LONGEST_BACK
        _title(words.COME_BACK_TITLE, come_back, COME_BACK_LIST, longest)
        table(come_back, COME_BACK, zone, key="qc_come_back", height=_height(come_back))


def _title(title: str, page: Sequence[Row], said: str, not_all: str) -> None:
    """Draw over a list how many there are, what they are, and which where not all are listed."""
    found = page[0]["found_count"]
    st.markdown(f"## {title} ({number(found)})")
    st.caption(said + (f" {not_all.format(shown=len(page))}" if found > len(page) else ""))


def draw_latest(decisions: Sequence[Row], zone: ZoneInfo) -> None:
    """Draw the decisions that were entered last, at whatever gate."""
    st.markdown(words.ENTERED_LAST)
    if decisions:
        table(decisions, LATEST, zone, key="qc_latest", height="content")
    else:
        st.caption(words.NOBODY_DECIDED)


def _height(lots: Sequence[Row]) -> int | Literal["content"]:
    """Let a short queue take the room it needs, and a long one scroll."""
    return "content" if len(lots) <= SHORT else 320
