"""Who settled which breach of a rule: acknowledged or explained it, with a reason.

A settlement belongs to one breach, named by its rule, its row and every value in it
(`findings.breach_id`): a breach that changed is another one, and open. Writing settlements is for
the commands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sql.record.transactions import Transaction


@dataclass(frozen=True)
class Settlement:
    """What somebody said about a breach last.

    Attributes:
        kind: `ACKNOWLEDGED` or `EXPLAINED`.
        reason: Why it may stand.
        settled_by: Who said so.
        settled_at: When (UTC).
    """

    kind: str
    reason: str
    settled_by: str
    settled_at: datetime


def settlements_of(transaction: Transaction, breach_ids: Iterable[str]) -> dict[str, Settlement]:
    """Return the settlements that stand, by breach, as known at the moment asked for."""
    wanted = sorted({breach_id for breach_id in breach_ids if breach_id})
    if not wanted:
        return {}
    return {
        row["breach_id"]: Settlement(
            row["kind"], row["reason"], row["settled_by"] or "–", row["recorded_at"]
        )
        for row in transaction.all("settlements_of", breach_ids=wanted)
    }
