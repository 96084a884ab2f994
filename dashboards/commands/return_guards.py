"""Which shipment's line something came back of, and that no more comes back than left with it.

A guard reads and refuses; it never writes. It is asked under the write lock.
"""

from datetime import datetime
from decimal import Decimal

from dashboards.commands.quantities import Quantity
from dashboards.commands.refusals import BadValue, MovementRefused, NotFound
from dashboards.commands.wording import in_unit, kilograms, site_minute, site_time_of
from sql.record.transactions import Row, Transaction


def line_returned(
    transaction: Transaction,
    lot: Row,
    shipment_code: str,
    back: Quantity,
    *,
    at: datetime,
    until: datetime | None = None,
    shipment_id: int | None = None,
) -> int:
    """Choose the shipment's line that something came back of: the first with so much still out.

    Args:
        transaction: Open transaction that holds the write lock.
        lot: The lot.
        shipment_code: The shipment's code.
        back: What came back, its kilograms or amount unknown where None.
        at: When it came back.
        until: Of a day or month, its end: a part of it after the shipment is enough.
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
    weighed = [line for line in lines if _has_kg(line, back.kg)]
    fitting = [line for line in weighed if _has_units(line, back)]
    if not fitting:
        if weighed:
            out = max(line["quantity"] - line["returned_quantity"] for line in weighed)
            has, asked, what = in_unit(out, back.unit), in_unit(_number(back), back.unit), "amount"
        else:
            out = max(line["quantity_kg"] - line["returned_kg"] for line in lines)
            has, asked, what = kilograms(out), kilograms(back.kg), "weight"
        raise MovementRefused(
            f"Of shipment {shipment_code} {has} of lot {lot['lot_code']} are still with "
            f"{lines[0]['customer_name']}; {asked} is too much. Check the {what} "
            "and the shipment.",
            field="quantity" if weighed else "quantity_kg",
            code="MORE_THAN_SHIPPED",
        )
    line = fitting[0]
    left = line["happened_at"].replace(second=0, microsecond=0)
    if at < left and (until is None or until <= left):
        raise BadValue(
            f"The time on the floor, {site_minute(at)}, lies before shipment {shipment_code} left, "
            f"{site_time_of(line)}. Enter a later time.",
            field="happened_at",
            code="TIME",
        )
    return line["shipment_id"]


def _has_kg(line: Row, asked_kg: Decimal | None) -> bool:
    """Tell whether so many kilograms of a line can still be out; all of it is back: none are."""
    if line["quantity_kg"] is None:
        return True
    out_kg: Decimal = line["quantity_kg"] - line["returned_kg"]
    return out_kg > 0 if asked_kg is None else out_kg >= asked_kg


def _has_units(line: Row, back: Quantity) -> bool:
    """Tell whether so much can still be out in the unit that the line left in, where it is that."""
    if line["unit"] is None or line["unit"] != back.unit:
        return True
    out: Decimal = line["quantity"] - line["returned_quantity"]
    return out >= _number(back)


def _number(back: Quantity) -> Decimal:
    return back.quantity or Decimal(0)
