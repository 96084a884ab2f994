"""How an answer differs from what it was at a past moment, and what was written that says why.

The two answers are compared with each other, value by value; facts explain what differs. The other
way round, a fact that nobody thought of would leave a change unseen: a parent from outside the
answer halves a share in it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sql.genealogy.compared_answers import facts_changed, values_changed
from sql.genealogy.trace import Trace
from sql.record.transactions import Row, Transaction


@dataclass(frozen=True)
class Difference:
    """How a trace differs from what it was at an earlier moment.

    Attributes:
        joined: Codes of lots that it names now and did not then.
        parted: Codes of lots that it named then and does not now.
        changed: One row a value that reads otherwise now: lot_code, direction (of a lot on both
            ways either), what (the value's name; `link`, `shipment` or `movement` where one is
            there that wasn't, or gone), was, now; of an amount in a unit, unit_was and unit_now.
        changes: One row a fact written since about any lot of either answer, and about links and
            shipments at either end of one (see `lot_changes`).
    """

    joined: list[str]
    parted: list[str]
    changed: list[dict[str, Any]]
    changes: list[Row]

    @property
    def is_none(self) -> bool:
        """Tell whether the answer is the same, in every lot and every value."""
        return not (self.joined or self.parted or self.changed)


def trace_difference(
    transaction: Transaction, then: Trace, now: Trace | None, since: datetime
) -> Difference:
    """Compare a trace as known then with the same one as known now.

    Args:
        transaction: Open transaction that asks about now.
        then: The trace as known at `since`.
        now: The trace as known now; None: no lot carries the code any more.
        since: The moment that `then` answers for.
    """
    lots = now.lots if now is not None else []
    before, after = ({lot["lot_code"] for lot in named} for named in (then.lots, lots))
    return Difference(
        sorted(after - before),
        sorted(before - after),
        [*values_changed(then.lots, lots), *facts_changed(then, now)],
        _written(transaction, {lot["lot_id"] for lot in (*then.lots, *lots)}, since),
    )


def lot_changes(transaction: Transaction, lot_id: int, since: datetime) -> list[Row]:
    """Read what was written about one lot after a moment, oldest first.

    Returns:
        recorded_at, change (`lot`, `link`, `shipment`, `movement`, `reading` or `decision` with
        `added`, `corrected`, `voided` or `withdrawn`; `origin assessed`), lot_code, other (the lot
        it went into, the customer, the decision, what was measured), quantity_kg, quantity and
        unit (of what was said in one), reason, written_by.
    """
    return _written(transaction, {lot_id}, since, with_readings=True)


def _written(
    transaction: Transaction, lot_ids: set[int], since: datetime, *, with_readings: bool = False
) -> list[Row]:
    """Read what was committed after a moment about lots, and at either end of their links."""
    return transaction.all(
        "changes_since",
        since=transaction.value("committed_until", moment=since),
        lot_ids=sorted(lot_ids),
        with_readings=with_readings,
    )
