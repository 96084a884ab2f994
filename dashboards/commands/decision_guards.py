"""What the gate and the one who decides there demand of a decision.

A guard reads and refuses; it never writes.
"""

from dashboards.commands import values
from dashboards.commands.authority import Person
from dashboards.commands.reasons import SHORTEST_REASON
from dashboards.commands.refusals import BadValue, DecisionRefused, NotFound
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Decision, GateType


def notes_given(decision: str, notes: str | None) -> str | None:
    """Return the notes, or refuse a HOLD or FAIL that doesn't say why."""
    reason = values.free_text(notes, "notes")
    if decision != Decision.PASS and values.letter_count(reason or "") < SHORTEST_REASON:
        raise BadValue(
            f"{decision} needs notes of at least {SHORTEST_REASON} characters: say what is wrong.",
            field="notes",
            code="NOTES_REQUIRED",
        )
    return reason


def known_gate(transaction: Transaction, gate_id: int) -> Row:
    """Find the gate, or refuse an unknown one."""
    gate = transaction.one("gate_to_decide_at", gate_id=gate_id)
    if gate is None:
        raise NotFound("Gate", gate_id, field="qc_gate_id")
    return gate


def guard_gate_serves(
    transaction: Transaction, gate: Row | None, lot: Row, latest: Row | None
) -> None:
    """Refuse to decide about a lot at a gate of another type; a lot without a type may be any.

    Where a HOLD or FAIL stands, as an import may have brought it, it can be lifted all the same.
    """
    if gate is None or (latest is not None and latest["decision"] != Decision.PASS):
        return
    serves = not gate["lot_types"] or lot["lot_type"] in (None, *gate["lot_types"])
    if serves and not gate["is_retired"]:
        return
    own = transaction.all("gates_of_type", lot_type=lot["lot_type"])
    named = " or ".join(f"{row['gate_number']} {row['name_en']}" for row in own)
    way_out = f"Decide at gate {named}." if named else "Decide about it without a gate."
    if gate["is_retired"]:
        raise DecisionRefused(
            f"{gate_said(gate)} is no gate of this plant any more. {way_out}",
            field="qc_gate_id",
            code="GATE_RETIRED",
        )
    raise DecisionRefused(
        f"{gate_said(gate)} is for {', '.join(gate['lot_types'])} lots, and lot {lot['lot_code']} "
        f"is {lot['lot_type']}. {way_out}",
        field="qc_gate_id",
        code="GATE_TYPE",
    )


def guard_second_person(gate: Row | None, lot: Row, decision: str, by: Person) -> None:
    """Refuse to pass a lot of one's own at a gate that blocks shipping."""
    if (
        gate is not None
        and decision == Decision.PASS
        and gate["gate_type"] == GateType.BLOCKING
        and lot["operator_id"] == by.user_id
    ):
        raise DecisionRefused(
            f"{gate_said(gate)} needs a second person: you registered lot {lot['lot_code']} "
            "yourself.",
            code="FOUR_EYES",
        )


def gate_said(gate: Row) -> str:
    """Name a gate as a refusal does."""
    return f"Gate {gate['gate_number'].normalize():f} {gate['name_en']}"
