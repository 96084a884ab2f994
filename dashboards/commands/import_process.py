"""Rows of an import that name what the plant's process doesn't have."""

from collections.abc import Iterator

from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from sql.record.transactions import Transaction

MADE = "made on the Plant screen, or with lotline process apply."


def foreign_types(transaction: Transaction, lots: Rows) -> Iterator[Rejection]:
    """Find types of lots that the process doesn't have; history may name a retired one."""
    known = [row["lot_type"] for row in transaction.all("lot_types_ever")]
    for line, lot_type in lots.cells("lot_type"):
        if lot_type not in known:
            reason = f"lot_type must be one of {' '.join(known)}. Types are {MADE}"
            yield rejected_cell("lots", line, "lot_type", lot_type, reason)
