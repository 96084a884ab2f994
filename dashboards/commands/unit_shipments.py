"""Ship a logistic unit by its SSCC: all the lots in it in one shipment, or none."""

from collections.abc import Collection
from datetime import datetime

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.loose_guards import guard_on_the_floor
from dashboards.commands.packing_guards import guard_check_digit, guard_here, unit_code
from dashboards.commands.refusals import PackingRefused, ToConfirm
from dashboards.commands.shipments import record_shipment
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction


def ship_unit(
    transaction: Transaction,
    *,
    by: Person,
    sscc: str,
    shipment_code: str,
    customer_code: str,
    document: str | None = None,
    happened_at: datetime | None = None,
    confirmed: Collection[str] = (),
    expiry_reason: str | None = None,
    from_place_code: str | None = None,
) -> list[int]:
    """Append a line for each lot of a unit and of the units in it; return the lines' ids.

    Every guard of `record_shipment` is asked for every lot; what one of them refuses leaves
    nothing written once the transaction is given up. Two units of one lot may leave with one
    shipment, so that is not asked about here: a unit leaves once.

    Args:
        transaction: Open transaction; holds the write lock from here to its end. It must be rolled
            back where this raises.
        by: The signed-in person.
        sscc: The unit, 18 digits.
        shipment_code: The shipment's own code.
        customer_code: A known customer.
        document: Delivery note.
        happened_at: When it left; None: now.
        confirmed: Questions the person has said yes to, word for word.
        expiry_reason: Why an expired lot leaves all the same; a manager's.
        from_place_code: The place that the unit left; None: nobody said.

    Raises:
        PackingRefused: The unit is empty, has left already, or stands on another.
        ToConfirm: The check digit of a unit not known so far is wrong.
        Refusal: What `record_shipment` refuses about one of the lots, which it names.
    """
    require(by, Action.WRITE_LOTS)
    unit = unit_code(sscc)
    begin_writing(transaction, by=by)
    guard_here(transaction, unit)
    lots = _lots_that_leave(transaction, unit)
    guard_check_digit(transaction, unit, confirmed)

    def line(lot: Row, confirmed: Collection[str]) -> int:
        return record_shipment(
            transaction,
            by=by,
            shipment_code=shipment_code,
            lot_code=lot["lot_code"],
            customer_code=customer_code,
            quantity_kg=lot["quantity_kg"],
            quantity=lot["quantity"],
            unit=lot["unit"],
            document=document,
            sscc=unit,
            happened_at=happened_at,
            confirmed=confirmed,
            expiry_reason=expiry_reason,
            with_whole_unit=True,
            from_place_code=from_place_code,
        )

    lines = []
    for lot in lots:
        try:
            lines.append(line(lot, confirmed))
        except ToConfirm as question:
            # Asked before anything of the line is written: the digit was confirmed when the unit
            # was first packed, and another unit of the same lot is no second entry.
            lines.append(line(lot, [str(question)]))
    return lines


def _lots_that_leave(transaction: Transaction, unit: str) -> list[Row]:
    """Find what is in the unit, once a lot."""
    guard_on_the_floor(transaction, unit)
    lots = transaction.all("lots_in_unit", sscc=unit)
    if not lots:
        raise PackingRefused(
            f"Nothing is packed in unit {unit}, so nothing can leave on it. Pack its lots first, "
            "or ship the lot by its code.",
            field="sscc",
            code="EMPTY_UNIT",
        )
    return lots
