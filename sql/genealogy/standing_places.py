"""Where lots stand now, or stood at a moment: kilograms by place, as far as the record says."""

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


def stands_of(rows: Sequence[Row], at: datetime | None = None) -> list[Stand]:
    """Return how one lot may stand after these rows of `flows_of_lots`; there is one or more."""
    return stands_after(rows[0]["weight_kg"], [dated(row) for row in rows], at)


def dated(row: Row) -> Dated:
    """Read a row of `flows_of_lots`."""
    to, origin = (_place(row, which) for which in ("to_place", "from_place"))
    flow = Flow(row["what"], row["quantity_kg"], to, origin)
    return Dated(flow, row["happened_at"], row["happened_until"] or row["happened_at"])


def _place(row: Row, which: str) -> At:
    """Read the place that a row names; it is told from others by its code."""
    code = row[f"{which}_code"]
    return None if code is None else Place(code, row[which])


class Stood(NamedTuple):
    """Where a lot stood; the places are None while it had not come to be."""

    lot: Row
    places: dict[At, Amount] | None


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
    nobody_said: dict[At, Amount] = {None: Amount(lot["weight_kg"] or Decimal(0), lot["weight_kg"])}
    return Stood(
        lot, standing_places(transaction, [lot["lot_id"]], at=at).get(lot["lot_id"], nobody_said)
    )
