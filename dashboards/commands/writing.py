"""Begin to write: say who, from where and why, and take the one write lock.

Every command that writes facts calls this first. What is measured afterwards (kilograms left,
the latest decision, whether a code is taken) can't change before the transaction ends.
"""

from typing import Any

from dashboards.commands.authority import TERMINAL, Origin, Person
from sql.record.transactions import Transaction


def begin_writing(
    transaction: Transaction,
    *,
    by: Person | None,
    origin: Origin = TERMINAL,
    reason: str | None = None,
    is_history: bool = False,
) -> None:
    """Name the writer to the audit trail and hold the write lock to the transaction's end.

    Args:
        transaction: Open transaction. Beginning twice in one does no harm.
        by: The signed-in person, whose own origin counts; None: nobody is signed in.
        origin: Where it comes from when nobody is signed in.
        reason: Why, for facts that carry no reason of their own.
        is_history: What is written happened already and is taken as it was, even where a lot gave
            out more than it weighed: that becomes a finding.
    """
    transaction.run("begin_writing", **_writer(by, origin, reason, is_history))


def name_writer(transaction: Transaction, *, by: Person) -> None:
    """Name the writer to the audit trail only, for a single write that measures nothing.

    The record's own triggers take the write lock with that write: it is then held for one round
    trip less, and everybody's turn comes sooner.
    """
    transaction.run("name_writer", **_writer(by, by.origin, None, False))


def _writer(
    by: Person | None, origin: Origin, reason: str | None, is_history: bool
) -> dict[str, Any]:
    """Collect what the trail is told, as parameters."""
    came_from = by.origin if by is not None else origin
    return {
        "user_id": by.user_id if by is not None else None,
        "face": came_from.face,
        "address": came_from.address,
        "request_id": came_from.request_id,
        "reason": reason,
        "history": "on" if is_history else "",
    }
