"""What saving the form of a decision does: it is written once, signed where it must be."""

from collections.abc import Sequence
from typing import Any

from dashboards.commands.authority import Person
from dashboards.commands.decisions import decide
from dashboards.commands.refusals import Refusal
from dashboards.screens.deciding.seen import look_again, seen_of
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import confirmed_by
from dashboards.views import focus
from dashboards.views.decision_fields import empty_form, typed_at
from dashboards.views.decision_said import REFUSED, SCANNED, done_words, kind_of
from dashboards.views.decision_values import values_typed
from dashboards.views.floor_time import floor_time_typed
from dashboards.views.messages import say, say_problem
from dashboards.views.once import write_once
from dashboards.views.passwords import take_password
from dashboards.views.states import said_before
from dashboards.words.deciding import CHOOSE_BOTH
from sql.errors import RecordUnavailable
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Decision, GateType


def save(gate: Row, used: str) -> None:
    """Write the decision, signed where it must be; on refusal everything typed stays."""
    form, typed = f"qc_{gate['gate_id']}", typed_at(gate)
    password = take_password(f"qc_password_{gate['gate_id']}")
    if not typed["lot"] or not typed["decision"]:
        say("warning", CHOOSE_BOTH, place=REFUSED)
        return
    seen = [row["decision_id"] for row in seen_of(gate["gate_id"], typed["lot"])]

    def write(transaction: Transaction, by: Person) -> dict[str, Any]:
        written = decide(
            transaction,
            by=by,
            lot_code=typed["lot"],
            decision=typed["decision"],
            gate_id=gate["gate_id"] or None,
            notes=typed["notes"],
            temperature_c=values["temperature"],
            measured=values["measured"],
            ticked=typed["ticked"],
            happened_at=decided_at,
            seen_decision_ids=seen,
            confirmation=confirmation,
        )
        return {
            "meaning": written["meaning"],
            "decision": written["decision"],
            "lot_id": written["lot_id"],
            "before": said_before(written["before"], config().zone),
            "by": by.full_name,
        }

    try:
        values = values_typed(gate)
        confirmation = confirmed_by(password)
        decided_at = floor_time_typed(form, config().zone)
        named = [(one.characteristic, str(one.value), one.unit) for one in values["measured"]]
        measured = {"temperature": values["temperature"], "measured": named}
        asked = {**typed, **measured, "happened_at": decided_at}
        answer = write_once(form, used, asked=asked, write=write)
    except (Refusal, RecordUnavailable) as refusal:
        if isinstance(refusal, Refusal) and refusal.code == "DECIDED_MEANWHILE":
            look_again(gate["gate_id"])
        say_problem(refusal, place=REFUSED)
        return
    look_again(gate["gate_id"])
    empty_form(gate)
    focus.look_again()
    with record().snapshot() as snapshot:
        disposition = snapshot.value("disposition_now", lot_id=answer.body["lot_id"])
    say(kind_of(disposition), done_words(gate, typed, answer, disposition), place=SCANNED)


def needs_signature(gate: Row, decision: str | None, standing: Sequence[Row]) -> bool:
    """Tell whether to ask for the password; whether it is needed is decided by the command."""
    gate_id = gate["gate_id"] or None
    latest = next((row["decision"] for row in standing if row["gate_id"] == gate_id), None)
    if decision == Decision.FAIL:
        return True
    if decision == Decision.HOLD:
        return latest == Decision.FAIL
    is_blocking = gate["gate_type"] == GateType.BLOCKING
    return decision == Decision.PASS and (is_blocking or latest in (Decision.HOLD, Decision.FAIL))
