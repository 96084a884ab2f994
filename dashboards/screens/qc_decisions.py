"""Screen: decide about the lots that wait at a gate."""

from collections.abc import Collection, Sequence

import streamlit as st

from dashboards.commands.authority import Action, Person
from dashboards.commands.decisions import decide
from dashboards.commands.refusals import Refusal
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import confirmed_by, person
from dashboards.views.decision_form import decision_form, done_words, empty_form
from dashboards.views.decision_queue import choose_gate, draw_latest, draw_queue
from dashboards.views.messages import say, say_problem, show
from dashboards.views.once import write_once
from dashboards.views.states import said_before
from sql.errors import RecordUnavailable
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Decision, GateType

PAGE_SIZE = 100
NEWEST = 15

decider = person()
zone = config().zone


def save(gate: Row, used: str) -> None:
    """Write the decision, signed where it must be; on refusal everything typed stays."""
    typed = {
        name: st.session_state[f"qc_{name}_{gate['gate_id']}"]
        for name in ("lot", "decision", "notes", "temperature")
    }
    password = st.session_state.pop(f"qc_password_{gate['gate_id']}", "")
    if not typed["lot"] or not typed["decision"]:
        say("warning", "Choose a lot and a decision first.", place="qc")
        return

    def write(transaction: Transaction, by: Person) -> dict:
        written = decide(
            transaction,
            by=by,
            lot_code=typed["lot"],
            decision=typed["decision"],
            gate_id=gate["gate_id"],
            notes=typed["notes"],
            temperature_c=typed["temperature"],
            confirmation=confirmation,
        )
        return {
            "meaning": written["meaning"],
            "before": said_before(written["before"], zone),
            "by": by.full_name,
        }

    try:
        confirmation = confirmed_by(password)
        answer = write_once(f"qc_{gate['gate_id']}", used, asked=typed, write=write)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="qc")
        return
    empty_form(gate)
    say("success", done_words(gate, typed, answer), place="qc")


def needs_signature(
    gate: Row, decision: str | None, code: str | None, held: Collection[str]
) -> bool:
    """Tell whether to ask for the password; whether it is needed is decided by the command."""
    if decision == Decision.FAIL:
        return True
    if decision == Decision.HOLD:
        return latest_here(gate, code) == Decision.FAIL
    return decision == Decision.PASS and (
        gate["gate_type"] == GateType.BLOCKING
        or code in held
        or latest_here(gate, code) in (Decision.HOLD, Decision.FAIL)
    )


def latest_here(gate: Row, code: str | None) -> str | None:
    """Return the latest decision about a lot at the gate; None: nobody decided, or no lot."""
    if not code:
        return None
    with record().snapshot() as snapshot:
        latest = snapshot.one("latest_at_gate", lot_code=code.strip(), gate_id=gate["gate_id"])
    return None if latest is None else latest["decision"]


def follow_link(gates: Sequence[Row]) -> None:
    """Open the gate and the lot that another screen sent the person for, once."""
    code = st.query_params.pop("lot", None)
    if code is None:
        return
    with record().snapshot() as snapshot:
        lot = snapshot.one("lot_shown", lot_code=code)
    if lot is not None:
        gate_id = lot["gate_id"] or gates[-1]["gate_id"]
        st.session_state["qc_gate"] = gate_id
        st.session_state[f"qc_lot_{gate_id}"] = code


st.title("QC decisions")
show("qc")
with record().snapshot() as reading:
    all_gates = [dict(gate) for gate in reading.all("gates_with_queues")]
follow_link(all_gates)
chosen_gate = choose_gate(all_gates)
with record().snapshot() as reading:
    at_gate = {"gate_id": chosen_gate["gate_id"], "page_size": PAGE_SIZE}
    lots_waiting = reading.all("lots_waiting_at_gate", **at_gate)
    lots_held = reading.all("lots_held_at_gate", **at_gate)
    newest = reading.all("decisions_newest", page_size=NEWEST)
queue, form = st.columns([3, 2], gap="large")
with queue:
    draw_queue(chosen_gate, lots_waiting, lots_held, zone)
with form:
    if decider.may(Action.DECIDE):
        decision_form(
            chosen_gate,
            lots_waiting,
            lots_held,
            needs_signature=needs_signature,
            on_click=save,
        )
    else:
        st.info("Your role reads decisions; it does not decide.")
draw_latest(newest, zone)
