"""Which shipment's line something came back of, and that no more comes back than left with it.

A guard reads and refuses; it never writes. It is asked under the write lock.
"""

from datetime import datetime
from decimal import Decimal

from dashboards.commands.refusals import BadValue, MovementRefused, NotFound
from dashboards.commands.wording import kilograms, site_minute, site_time_of
from sql.record.transactions import Row, Transaction


def line_returned(
    transaction: Transaction,
    lot: Row,
    shipment_code: str,
    quantity_kg: Decimal | None,
    *,
    at: datetime,
    shipment_id: int | None = None,
) -> int:
    """Choose the shipment's line that something came back of: the first with so much still out.

    Args:
        transaction: Open transaction that holds the write lock.
        lot: The lot.
        shipment_code: The shipment's code.
        quantity_kg: What came back; None: unknown.
        at: When it came back.
        shipment_id: The very line, where the person chose it.

    Raises:
        NotFound: Nothing of the lot left in that shipment.
        MovementRefused: More would come back than left with it, or before it left.
    """
    lines = [
        line
        for line in transaction.all(
            "lines_shipped", lot_id=lot["lot_id"], shipment_code=shipment_code
        )
        if shipment_id in (None, line["shipment_id"])
    ]
    if not lines:
        raise NotFound(f"Shipment of lot {lot['lot_code']}", shipment_code, field="shipment_code")
    fitting = [
        line
        for line in lines
        if line["quantity_kg"] is None
        or (
            line["quantity_kg"] - line["returned_kg"] >= quantity_kg
            if quantity_kg is not None
            else line["quantity_kg"] > line["returned_kg"]
        )
    ]
    if not fitting:
        out = max(line["quantity_kg"] - line["returned_kg"] for line in lines)
        raise MovementRefused(
            f"Of shipment {shipment_code} {kilograms(out)} of lot {lot['lot_code']} are still with "
            f"{lines[0]['customer_name']}; {kilograms(quantity_kg)} is too much. Check the weight "
            "and the shipment.",
            field="quantity_kg",
            code="MORE_THAN_SHIPPED",
        )
    line = fitting[0]
    if at < line["happened_at"].replace(second=0, microsecond=0):
        raise BadValue(
            f"The time on the floor, {site_minute(at)}, lies before shipment {shipment_code} left, "
            f"{site_time_of(line)}. Enter a later time.",
            field="happened_at",
            code="TIME",
        )
    return line["shipment_id"]
