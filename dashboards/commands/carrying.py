"""Carry a lot to another code: it is registered again, with all that was recorded about it.

A code is never changed in the record. What stood under the old one is voided with the reason, and
written again under the new one; the old one says for good what it became.
"""

from dataclasses import dataclass

from dashboards.commands import values
from sql.record.transactions import Transaction

# In the order they are written; what came back follows what was shipped, and is voided before it.
_MOVED = ("links", "shipments", "movements", "moves", "readings", "packings", "decisions")


@dataclass(frozen=True)
class Carried:
    """A lot that is under another code now.

    Attributes:
        void_id: What took the old one back.
        lot_id: The lot as it is registered again.
    """

    void_id: int
    lot_id: int


def carry_over(
    transaction: Transaction, *, lot_id: int, lot_code: str, reason: str, operator_id: int | None
) -> Carried:
    """Register a lot again under a code that nobody has, with all that was recorded about it.

    Args:
        transaction: Open transaction that writes history (`begin_writing`).
        lot_id: The lot as it stands.
        lot_code: What it is to be called.
        reason: Why; no other rename of the transaction has it.
        operator_id: Who renames it; None: an import by nobody. What was recorded keeps its person.
    """
    written = {
        "reason": reason,
        "operator_id": operator_id,
        "happened_at": values.moment(None),
        "lot_id": lot_id,
    }
    rows = transaction.all("productions_of_lot", lot_id=lot_id)
    productions = [row["production_id"] for row in rows]
    for production_id in productions:
        void_production(transaction, production_id, reason, operator_id)
    for what in reversed(_MOVED):
        transaction.run(f"void_{what}_of_renamed", **written)
    row = transaction.all("register_renamed", lot_code=lot_code, **written)[0]
    carried = Carried(row["void_id"], row["renamed_id"])
    to = {"lot_id": lot_id, "renamed_id": carried.lot_id, "reason": reason}
    for what in (*_MOVED, "assessments"):
        transaction.run(f"copy_{what}_to_renamed", **to)
    for production_id in productions:
        _copy_production(transaction, production_id, lot_id, carried.lot_id)
    return carried


def void_production(
    transaction: Transaction, production_id: int, reason: str, operator_id: int | None
) -> None:
    """Void a production with its links."""
    written = {"reason": reason, "operator_id": operator_id, "happened_at": values.moment(None)}
    transaction.run("void_links_of_production", production_id=production_id, **written)
    transaction.run("write_production_void", fact_id=production_id, **written)


def _copy_production(
    transaction: Transaction, production_id: int, lot_id: int, renamed_id: int
) -> None:
    copy_id = transaction.value("copy_production", production_id=production_id)
    transaction.run(
        "copy_production_parts",
        production_id=production_id,
        copy_id=copy_id,
        lot_id=lot_id,
        renamed_id=renamed_id,
    )
    transaction.run("write_production_links", production_ids=[copy_id])
