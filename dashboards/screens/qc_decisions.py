"""Screen: decide about the lots that wait at a gate."""

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.screens.deciding.gates import GATE, lot_key, open_gate_of
from dashboards.screens.deciding.saving import needs_signature, save
from dashboards.screens.deciding.seen import is_own_lot, limits_of, seen_of
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import person
from dashboards.views.decision_form import decision_form
from dashboards.views.decision_queue import (
    choose_gate,
    draw_come_back,
    draw_held_as_such,
    draw_latest,
    draw_queue,
    draw_stopped,
    say_waiting,
)
from dashboards.views.decision_said import CHOSEN, SCANNED, in_hand
from dashboards.views.focus import focus_on
from dashboards.views.half_forms import forget_unless_drawn
from dashboards.views.messages import show
from dashboards.words.deciding import LOT_CODE, NOT_DECIDER, SCAN, SCAN_OR_CHOOSE, TITLE
from sql.genealogy.labels import trimmed
from sql.record.transactions import Row

PAGE_SIZE = 100
NEWEST = 15

decider = person()
zone = config().zone


def scanned() -> None:
    """Open the gate that the scanned lot waits at, and make room for the next scan."""
    typed = trimmed(st.session_state["qc_scan"])
    st.session_state["qc_scan"] = ""
    if typed:
        open_gate_of(typed)


def lot_chosen(gate_id: int) -> None:
    """Stay at the gate where a lot was chosen, or open the one it waits at."""
    typed = st.session_state[lot_key(gate_id)]
    if typed:
        open_gate_of(typed, gate_id)


def follow_link() -> None:
    """Open the gate of the lot that another screen sent the person for, once."""
    code = st.query_params.pop("lot", None)
    if code is not None:
        open_gate_of(code)


def draw_gate(gate: Row) -> None:
    """Draw what waits at a gate, and the form that decides there."""
    with record().snapshot() as snapshot:
        at_gate = {"gate_id": gate["gate_id"], "page_size": PAGE_SIZE}
        waiting = snapshot.all("lots_waiting_at_gate", **at_gate)
        held = snapshot.all("lots_held_at_gate", **at_gate)
        words = {row["decision"]: row for row in snapshot.all("process_decisions")}
    queue, form = st.columns([3, 2], gap="large")
    with queue:
        draw_queue(gate, waiting, held, zone)
    with form:
        show(CHOSEN, about=in_hand(gate["gate_id"]))
        if decider.may(Action.DECIDE):
            decision_form(
                gate,
                waiting,
                held,
                zone,
                words=words,
                seen_of=seen_of,
                limits_of=limits_of,
                is_own_lot=is_own_lot,
                needs_signature=needs_signature,
                on_lot=lot_chosen,
                on_click=save,
            )
        else:
            st.info(NOT_DECIDER)


forget_unless_drawn("qc_", witness="qc_scan")
st.title(TITLE)
follow_link()
st.text_input(
    SCAN,
    key="qc_scan",
    on_change=scanned,
    placeholder=LOT_CODE,
)
focus_on("qc_scan")
show(SCANNED, about=in_hand(st.session_state.get(GATE)))
with record().snapshot() as reading:
    gates = [dict(gate) for gate in reading.all("gates_with_queues")]
    newest = reading.all("decisions_newest", page_size=NEWEST)
    held_as_such = reading.all("lots_held_at_gate", gate_id=0, page_size=PAGE_SIZE)
    come_back = reading.all("lots_come_back", page_size=PAGE_SIZE)
    stopped = reading.all("lots_stopped_by_origin", page_size=PAGE_SIZE)
chosen = choose_gate(gates, key=GATE)
say_waiting(gates)
if chosen is None:
    st.info(SCAN_OR_CHOOSE, icon=":material/arrow_upward:")
else:
    draw_gate(chosen)
if held_as_such and (chosen is None or chosen["gate_id"]):
    draw_held_as_such(gates[-1], held_as_such, zone)
draw_come_back(come_back, zone)
draw_stopped(stopped, zone)
draw_latest(newest, zone)
