"""What was written since a past moment: the difference between as known then and as known now.

Facts are only appended, so the difference is what was added after the moment: lots, links,
shipments and decisions, and the voids, corrections and withdrawals that took something back.
"""

from dataclasses import dataclass
from datetime import datetime

from sql.genealogy.trace import Trace
from sql.record.transactions import Row, Transaction


@dataclass(frozen=True)
class Difference:
    """How a trace differs from what it was at an earlier moment.

    Attributes:
        joined: Codes of lots that it touches now and did not then.
        parted: Codes of lots that it touched then and does not now.
        changes: One row a fact written since about any lot of either (see `lot_changes`).
    """

    joined: list[str]
    parted: list[str]
    changes: list[Row]


def trace_difference(
    transaction: Transaction, then: Trace | None, now: Trace, since: datetime
) -> Difference:
    """Compare a trace as known then with the same one as known now.

    Args:
        transaction: Open transaction that asks about now.
        then: The trace as known at `since`; None: the lot was not known.
        now: The trace as known now.
        since: The moment that `then` answers for.
    """
    both = [*now.lots, *(then.lots if then is not None else ())]
    before = {lot["lot_code"] for lot in then.lots} if then is not None else set()
    after = {lot["lot_code"] for lot in now.lots}
    changes = transaction.all(
        "changes_since",
        since=transaction.value("committed_until", moment=since),
        lot_ids=sorted({lot["lot_id"] for lot in both}),
        shipped_lot_ids=sorted({lot["lot_id"] for lot in both if lot["direction"] != "back"}),
        with_neighbours=False,
    )
    return Difference(sorted(after - before), sorted(before - after), changes)


def lot_changes(transaction: Transaction, lot_id: int, since: datetime) -> list[Row]:
    """Read what was written about one lot after a moment, oldest first.

    Returns:
        recorded_at, change (`lot added`, `lot corrected`, `link added`, `link voided`,
        `reading added`, `decision added`, `decision withdrawn`, `shipment added`), lot_code,
        other (the lot it went into, the customer, the decision, what was measured), quantity_kg,
        reason, written_by.
    """
    return transaction.all(
        "changes_since",
        since=transaction.value("committed_until", moment=since),
        lot_ids=[lot_id],
        shipped_lot_ids=[lot_id],
        with_neighbours=True,
    )
