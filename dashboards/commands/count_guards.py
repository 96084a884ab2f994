"""A count of a lot counts what stands packed too. A guard reads and refuses; it never writes."""

from datetime import datetime
from decimal import Decimal

from dashboards.commands.loose_guards import units_named
from dashboards.commands.refusals import MovementRefused
from dashboards.commands.wording import kilograms
from sql.record.transactions import Row, Transaction


def guard_counted_packed(
    transaction: Transaction, lot: Row, found_kg: Decimal | None, at: datetime
) -> None:
    """Refuse a count that finds less of a lot than stands packed in units that are still here.

    Args:
        transaction: Open transaction that holds the write lock.
        lot: The lot that was counted.
        found_kg: All that was found of it, what is packed too; None: it was counted in its own
            unit, and nobody knows what one weighs.
        at: When.

    Raises:
        MovementRefused: Says how much is packed, where, and the way out.
    """
    packed = transaction.one("packed_of_lot", lot_id=lot["lot_id"]) or {}
    is_packed = packed["kg"] > 0 or packed["unweighed_count"] > 0
    left_kg = (
        transaction.value("left_after_count", lot_id=lot["lot_id"], found_kg=found_kg, at=at)
        if is_packed and found_kg is not None
        else None
    )
    if left_kg is None or left_kg >= packed["kg"] and left_kg > 0:
        return
    weighed = kilograms(packed["kg"]) if packed["kg"] else "an unweighed part"
    raise MovementRefused(
        f"Of lot {lot['lot_code']} {weighed} stands packed in {units_named(transaction, lot)}, "
        f"and with {kilograms(found_kg)} found {kilograms(left_kg)} would be on hand. Count what "
        "stands in units too, or take out of its unit first what isn't there.",
        field="quantity_kg",
        code="PACKED",
    )
