"""Where lots stand now, or stood at a moment, by place, as far as the record says.

In kilograms, and of a lot that is kept in a unit of its own, in that too.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from sql.amounts import Amount
from sql.errors import MomentAhead
from sql.genealogy.flows import At, Flow, Place
from sql.genealogy.stand_orders import Dated, amounts_of, stands_after
from sql.genealogy.stands import Stand
from sql.record.transactions import Row, Transaction


def standing_places(
    transaction: Transaction, lot_ids: Sequence[int], *, at: datetime | None = None
) -> dict[int, dict[At, Amount]]:
    """Say where each of these lots stands, place by place; None: nobody said where.

    Args:
        transaction: A transaction or snapshot; as of a moment it knows what was known then.
        lot_ids: The lots. One that nothing is known to have happened to is left out.
        at: Where they stood at this moment; None: after all that is known.
    """
    flows = transaction.all("flows_of_lots", lot_ids=list(lot_ids))
    until = [row for row in flows if at is None or row["happened_at"] <= at]
    return {
        lot_id: amounts_of(stands_of(list(rows), at))
        for lot_id, rows in groupby(until, lambda row: row["lot_id"])
    }


class Counts(NamedTuple):
    """Where a lot stands, in its own unit: the bounds are in that, whatever they are called."""

    unit: str
    places: dict[At, Amount]


def standing_counts(
    transaction: Transaction, lot_ids: Sequence[int], *, at: datetime | None = None
) -> dict[int, Counts]:
    """Say the same of those lots that are kept in a unit of their own, in it; see above."""
    flows = transaction.all("flows_of_lots", lot_ids=list(lot_ids))
    until = [row for row in flows if at is None or row["happened_at"] <= at]
    by_lot = {lot_id: list(rows) for lot_id, rows in groupby(until, lambda row: row["lot_id"])}
    return {
        lot_id: Counts(
            rows[0]["lot_unit"],
            amounts_of(stands_after(rows[0]["lot_quantity"], [*map(counted, rows)], at)),
        )
        for lot_id, rows in by_lot.items()
        if rows[0]["lot_quantity"] is not None
    }


def stands_of(rows: Sequence[Row], at: datetime | None = None) -> list[Stand]:
    """Return how one lot may stand after these rows of `flows_of_lots`; there is one or more."""
    return stands_after(rows[0]["weight_kg"], [dated(row) for row in rows], at)


def dated(row: Row) -> Dated:
    """Read a row of `flows_of_lots`."""
    return _dated(row, row["quantity_kg"], is_some=row["quantity"] is not None)


def counted(row: Row) -> Dated:
    """Read a row of `flows_of_lots` in the unit of its lot; what was said otherwise is unknown."""
    quantity = row["quantity"] if row["unit"] == row["lot_unit"] else None
    some = row["quantity"] is not None or row["quantity_kg"] is not None
    return _dated(row, quantity, is_some=some)


def _dated(row: Row, amount: Decimal | None, *, is_some: bool) -> Dated:
    to, origin = (_place(row, which) for which in ("to_place", "from_place"))
    flow = Flow(row["what"], amount, to, origin, is_some)
    return Dated(flow, row["happened_at"], row["happened_until"] or row["happened_at"])


def _place(row: Row, which: str) -> At:
    """Read the place that a row names; it is told from others by its code."""
    code = row[f"{which}_code"]
    return None if code is None else Place(code, row[which])


class Stood(NamedTuple):
    """Where a lot stood; the places are None while it had not come to be.

    Told in its own unit too, where it has one.
    """

    lot: Row
    places: dict[At, Amount] | None
    counts: Counts | None = None


def lot_stood(
    transaction: Transaction, lot_code: str, *, at: datetime | None = None
) -> Stood | None:
    """Say where one lot stands, or stood at a moment; of one that nobody moved, at no known place.

    Args:
        transaction: A transaction or snapshot; as of a moment it knows what was known then.
        lot_code: The lot's own code.
        at: The moment; None: after all that is known.

    Returns:
        None where the record has no such lot.

    Raises:
        MomentAhead: The moment is still to come.
    """
    if at is not None and at > datetime.now(UTC):
        raise MomentAhead(at)
    lot = transaction.one("lot_that_stood", lot_code=lot_code)
    if lot is None:
        return None
    if at is not None and at < lot["happened_at"]:
        return Stood(lot, None)
    lot_id = lot["lot_id"]
    nobody_said: dict[At, Amount] = {None: Amount(lot["weight_kg"] or Decimal(0), lot["weight_kg"])}
    nobody_counted = None
    if lot["quantity"] is not None:
        nobody_counted = Counts(lot["unit"], {None: Amount(lot["quantity"], lot["quantity"])})
    return Stood(
        lot,
        standing_places(transaction, [lot_id], at=at).get(lot_id, nobody_said),
        standing_counts(transaction, [lot_id], at=at).get(lot_id, nobody_counted),
    )
