"""Screen: decide about the lots that wait at a gate."""

import streamlit as st

from dashboards.commands.authority import Action, Person
from dashboards.commands.decisions import decide
from dashboards.commands.refusals import Refusal
from dashboards.commands.repeats import Answer
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import confirmed_by, person
from dashboards.views.messages import say, say_problem, show
from dashboards.views.once import nonce, write_once
from dashboards.views.states import age, decision_words, said_before
from dashboards.views.tables import table
from dashboards.words import DECISIONS, SIGN_HERE, SIGNED
from sql.errors import RecordUnavailable
from sql.record.transactions import Transaction
from sql.vocabulary import Decision, GateType

PAGE_SIZE = 100
NEWEST = 15
WAITING = ["lot_code", "age_hours", "product_code", "weight_kg", "temperature_c", "happened_at"]
HELD = ["lot_code", "age_hours", "notes", "decided_by", "product_code", "weight_kg", "happened_at"]
LATEST = [
    "happened_at",
    "lot_code",
    "gate_number",
    "gate_name",
    "decision",
    "temperature_c",
    "notes",
    "decided_by",
    "signature",
]

decider = person()
zone = config().zone


def save(gate: dict, used: str) -> None:
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
    forget(gate)
    say_done(gate, typed, answer)


def say_done(gate: dict, typed: dict, answer: Answer) -> None:
    """Say what was written, what the signature means, and what had been decided before."""
    done = f"{decision_words(typed['decision'])}: lot {typed['lot']} at gate {gate['gate_number']}."
    meaning = answer.body["meaning"]
    signed = f" Signed by {answer.body['by']}: {SIGNED[meaning]}." if meaning else ""
    before = f" Before it: {answer.body['before']}." if answer.body["before"] else ""
    again = "Already saved. " if answer.is_repeat else ""
    say("success", again + done + signed + before, place="qc")


def needs_signature(gate: dict, decision: str | None, code: str | None, held: set[str]) -> bool:
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


def latest_here(gate: dict, code: str | None) -> str | None:
    """Give the latest decision about a lot at the gate; None: nobody decided, or no lot."""
    if not code:
        return None
    with record().transaction() as transaction:
        latest = transaction.one("latest_at_gate", lot_code=code.strip(), gate_id=gate["gate_id"])
    return None if latest is None else latest["decision"]


def forget(gate: dict) -> None:
    """Empty the form, so that the next lot starts with an unticked checklist."""
    number = gate["gate_id"]
    for name, empty in {"lot": None, "decision": None, "notes": "", "temperature": None}.items():
        st.session_state[f"qc_{name}_{number}"] = empty
    for position in range(len(gate["checklist"])):
        st.session_state[f"qc_check_{number}_{position}"] = False


def choose_gate(gates: list) -> dict:
    """Draw the gates with how many lots wait at each, and give the chosen one."""
    by_id = {gate["gate_id"]: gate for gate in gates}
    st.session_state.setdefault("qc_gate", gates[0]["gate_id"])
    chosen = st.segmented_control(
        "Gate, with how many lots wait",
        list(by_id),
        key="qc_gate",
        required=True,
        wrap=True,
        format_func=lambda gate_id: "{gate_number} {name_en} ({waiting_count})".format(
            **by_id[gate_id]
        ),
    )
    return by_id[chosen]


def follow_link(gates: list) -> None:
    """Open the gate and the lot that another screen sent the person for, once."""
    code = st.query_params.pop("lot", None)
    if code is None:
        return
    with record().transaction() as transaction:
        lot = transaction.one("lot_shown", lot_code=code)
    if lot is not None:
        gate_id = lot["gate_id"] or gates[-1]["gate_id"]
        st.session_state["qc_gate"] = gate_id
        st.session_state[f"qc_lot_{gate_id}"] = code


def draw_queue(gate: dict, waiting: list, held: list) -> None:
    """Draw who waits and who is held at the gate."""
    st.markdown(f"##### Waiting ({gate['waiting_count']})")
    if gate["lot_type"] is None:
        st.caption("This gate belongs to no lot type, so it has no queue: scan the lot below.")
    elif not waiting:
        st.info("No lot waits at this gate.")
    else:
        if gate["waiting_count"] > len(waiting):
            st.caption(f"The oldest {len(waiting)} are listed; scan any other below.")
        table(waiting, WAITING, zone, key="qc_waiting", height=min(320, 60 + 35 * len(waiting)))
    if held:
        st.markdown(f"##### ‖ On HOLD ({gate['held_count']})")
        if gate["held_count"] > len(held):
            st.caption(f"The {len(held)} held longest are listed.")
        table(held, HELD, zone, key="qc_held", height=min(250, 60 + 35 * len(held)))


def draw_form(gate: dict, lots: dict[str, str], held_codes: set[str]) -> None:
    """Draw the checklist and the decision."""
    number = gate["gate_id"]
    st.markdown(f"##### Decide at gate {gate['gate_number']} {gate['name_en']}")
    if gate["is_ccp"]:
        st.warning(
            f"Critical control point: enter the measured temperature. Limit: {gate['limits']}."
        )
    elif gate["limits"]:
        st.caption(f"Limits: {gate['limits']}")
    scanned = st.session_state.get(f"qc_lot_{number}")
    codes = list(lots) if scanned is None or scanned in lots else [scanned, *lots]
    st.selectbox(
        "Lot",
        codes,
        index=None,
        format_func=lambda code: lots.get(code) or code,
        key=f"qc_lot_{number}",
        accept_new_options=True,
        placeholder="Choose a lot, or scan a code",
    )
    ticked = [
        st.checkbox(item["en"], key=f"qc_check_{number}_{position}")
        for position, item in enumerate(gate["checklist"])
    ]
    decision = st.segmented_control(
        "Decision",
        list(Decision),
        key=f"qc_decision_{number}",
        format_func=lambda name: f":{DECISIONS[name][2]}[{decision_words(name)}]",
    )
    needed = " (needed: critical control point)" if gate["is_ccp"] else ""
    st.number_input(
        f"Temperature, °C{needed}",
        value=None,
        step=0.1,
        format="%.2f",
        key=f"qc_temperature_{number}",
    )
    st.text_area(
        "Notes: HOLD and FAIL need 10 characters or more", key=f"qc_notes_{number}", height=90
    )
    if needs_signature(gate, decision, st.session_state[f"qc_lot_{number}"], held_codes):
        st.text_input(
            SIGN_HERE, type="password", key=f"qc_password_{number}", autocomplete="current-password"
        )
    unfinished = decision == Decision.PASS and not all(ticked)
    if unfinished:
        st.warning("PASS needs every point of the checklist ticked. Tick them, or decide HOLD.")
    fresh = nonce(f"qc_{number}")
    st.button(
        "Save decision",
        type="primary",
        key=f"qc_save_{fresh}",
        on_click=save,
        args=(gate, fresh),
        disabled=unfinished,
    )


st.title("QC decisions")
show("qc")
with record().transaction() as reading:
    all_gates = [dict(gate) for gate in reading.all("gates_with_queues")]
follow_link(all_gates)
chosen_gate = choose_gate(all_gates)
with record().transaction() as reading:
    at_gate = {"gate_id": chosen_gate["gate_id"], "page_size": PAGE_SIZE}
    lots_waiting = reading.all("lots_waiting_at_gate", **at_gate)
    lots_held = reading.all("lots_held_at_gate", **at_gate)
    newest = reading.all("decisions_newest", page_size=NEWEST)
queue, form = st.columns([3, 2], gap="large")
with queue:
    draw_queue(chosen_gate, lots_waiting, lots_held)
with form:
    if decider.may(Action.DECIDE):
        choices = {
            lot["lot_code"]: f"{lot['lot_code']} · waits {age(lot['age_hours'])}"
            for lot in lots_waiting
        }
        choices |= {
            lot["lot_code"]: f"{lot['lot_code']} · ‖ held {age(lot['age_hours'])}"
            for lot in lots_held
        }
        draw_form(chosen_gate, choices, {lot["lot_code"] for lot in lots_held})
    else:
        st.info("Your role reads decisions; it does not decide.")
st.markdown("##### Latest decisions")
if newest:
    table(newest, LATEST, zone, key="qc_latest", height="content")
else:
    st.caption("Nobody decided anything yet.")
