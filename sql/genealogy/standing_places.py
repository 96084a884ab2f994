"""Where lots stand now, or stood at a moment: kilograms by place, as far as the record says."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sql.amounts import Amount
from sql.genealogy.stand_orders import Dated, amounts_of, orders
from sql.genealogy.stands import Flow, Place, Stand, stand_after
from sql.record.transactions import Row, Transaction


def standing_places(
    transaction: Transaction, lot_ids: Sequence[int], *, at: datetime | None = None
) -> dict[int, dict[Place, Amount]]:
    """Say where each of these lots stands, by the labels of places; None: nobody said where.

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
    weight_kg = rows[0]["weight_kg"]
    return [
        stand_after(weight_kg, (flow for flow, when in order if at is None or when <= at))
        for order in orders(map(dated, rows))
    ]


def dated(row: Row) -> Dated:
    """Read a row of `flows_of_lots`."""
    flow = Flow(row["what"], row["quantity_kg"], row["to_place"], row["from_place"])
    return Dated(flow, row["happened_at"], row["happened_until"] or row["happened_at"])
