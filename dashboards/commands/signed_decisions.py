"""What a signature under a decision covers, and what it says."""

from dashboards.commands.checklists import written_out
from sql.record.transactions import Row
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


def meaning_of(decision: str, gate: Row | None, lifts: bool, disposition: str) -> Meaning | None:
    """Say what signing the decision means; None: it isn't signed.

    A PASS releases only what is released by it: not what another place, its origin or its last day
    stops, nor what waits at another gate.
    """
    if decision == Decision.FAIL:
        return Meaning.REJECT
    if lifts:
        return Meaning.LIFT
    if decision == Decision.PASS and gate is not None and gate["gate_type"] == GateType.BLOCKING:
        return Meaning.RELEASE if disposition == RELEASED else Meaning.PASS
    return None
