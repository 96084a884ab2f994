"""What must hold before a decision lets go what an earlier one stopped: authority, reason, sight.

A guard reads and refuses; it never writes.
"""

from collections.abc import Collection, Sequence

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.reasons import SHORTEST_REASON
from dashboards.commands.refusals import BadValue, DecisionRefused
from dashboards.commands.wording import decision_said, site_time_of
from sql.record.transactions import Row
from sql.vocabulary import Decision


def guard_lift(latest: Row | None, decision: str, lot: Row, reason: str | None, by: Person) -> bool:
    """Refuse to lift a HOLD or FAIL without authority and a reason; tell whether it is lifted.

    A HOLD after a FAIL lifts it too: what was rejected would be on hold again.
    """
    if latest is None or _strictness(decision) >= _strictness(latest["decision"]):
        return False
    require(
        by,
        Action.LIFT_HOLD,
        f"Lot {lot['lot_code']} has a {_said(latest)}. A {decision} would lift it, which only a "
        "manager or administrator may: ask one of them to decide here. Nothing was saved.",
    )
    if values.letter_count(reason or "") < SHORTEST_REASON:
        raise BadValue(
            f"Lot {lot['lot_code']} has a {latest['decision']} here. Lifting it needs notes of at "
            f"least {SHORTEST_REASON} characters: say why.",
            field="notes",
            code="NOTES_REQUIRED",
        )
    return True


def guard_seen(
    standing: Sequence[Row], latest: Row | None, decision: str, lot: Row, seen: Collection[int]
) -> None:
    """Refuse a decision that lets go upon what the person has not seen; a stop is always taken.

    Args:
        standing: The decisions that stand about the lot: the latest at each gate and as such.
        latest: That of them at the gate of this decision; None: there is none.
        decision: What is decided.
        lot: The lot.
        seen: The ids of those that stood as the person saw it.
    """
    lets_go = decision == Decision.PASS or (
        latest is not None and _strictness(decision) < _strictness(latest["decision"])
    )
    if not lets_go or {row["decision_id"] for row in standing} == set(seen):
        return
    new = [_said(row) for row in standing if row["decision_id"] not in seen]
    raise DecisionRefused(
        f"Lot {lot['lot_code']} was decided about since you looked: "
        f"{'; '.join(new) or 'a decision was withdrawn'}. Nothing was saved. Look at it, then "
        "decide again.",
        code="DECIDED_MEANWHILE",
    )


def _said(decision: Row) -> str:
    """Say a decision that stands, in the site's time."""
    return decision_said(decision, site_time_of(decision))


def _strictness(decision: str) -> int:
    """Rank a decision by how much it stops."""
    return [Decision.PASS, Decision.HOLD, Decision.FAIL].index(Decision(decision))
