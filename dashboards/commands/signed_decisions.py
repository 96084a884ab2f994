"""What a signature under a decision covers, and what it says."""

from dashboards.commands.checklists import written_out
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Decision, GateType, Meaning

RELEASED = "released"


def signed_content(decision: Row) -> dict[str, object]:
    """List what a signature under a decision covers, field by field."""
    names = (
        "decision_id",
        "lot_id",
        "gate_id",
        "decision",
        "notes",
        "temperature_c",
        "happened_at",
    )
    content = {name: decision[name] for name in names}
    if decision.get("checklist") is not None:
        content["checklist"] = written_out(decision["checklist"])
    return content


def meaning_of(
    transaction: Transaction, written: Row, gate: Row | None, lifts: bool
) -> Meaning | None:
    """Say what signing the decision just written means; None: it isn't signed.

    A PASS releases only what is released by it: not what another place, its origin or its last day
    stops, nor what waits at another gate.
    """
    if written["decision"] == Decision.FAIL:
        return Meaning.REJECT
    if lifts:
        return Meaning.LIFT
    if written["decision"] != Decision.PASS or gate is None:
        return None
    if gate["gate_type"] != GateType.BLOCKING:
        return None
    disposition = transaction.value("disposition_now", lot_id=written["lot_id"])
    return Meaning.RELEASE if disposition == RELEASED else Meaning.PASS
