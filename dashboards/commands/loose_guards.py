"""What stands packed in a unit is not taken loose, and a unit leaves whole.

A guard reads and refuses; it never writes. It is asked under the write lock. Where something was
packed unweighed, nobody knows how much of its lot is loose, so none of it is taken as loose.
"""

from decimal import Decimal

from dashboards.commands.packing_guards import guard_here
from dashboards.commands.refusals import PackingRefused, ShipmentRefused
from dashboards.commands.wording import kilograms
from sql.record.transactions import Row, Transaction

_MOST_NAMED = 3


def require_loose(
    transaction: Transaction,
    lot: Row,
    asked_kg: Decimal | None,
    left_kg: Decimal | None,
    field: str,
    *,
    in_unit_kg: Decimal | None = None,
) -> None:
    """Refuse to take what stands packed in units that are still here.

    Args:
        transaction: Open transaction that holds the write lock.
        lot: The lot that is taken from.
        asked_kg: How much; None: unknown.
        left_kg: What the lot has left, or at most has, packed or loose; None: nobody knows.
        field: Where the amount was typed.
        in_unit_kg: How much of it leaves on its unit, and so is taken as it stands (0: unweighed);
            None: it is taken loose.

    Raises:
        PackingRefused: Says how much is loose, in which units the rest stands, and the way out.
    """
    packed = transaction.one("packed_of_lot", lot_id=lot["lot_id"]) or {}
    packed_kg: Decimal = packed["kg"]
    if packed["unweighed_count"] and in_unit_kg is None:
        raise PackingRefused(
            f"Lot {lot['lot_code']} stands packed in {units_named(transaction, lot)}, in "
            f"{packed['unweighed_count']} of them unweighed: nobody knows how much of it is loose. "
            "Take it out, or void that entry and pack it with its kilograms; or ship the unit by "
            "its SSCC.",
            field=field,
            code="PACKED_UNWEIGHED",
        )
    if not packed_kg or left_kg is None:
        return
    loose_kg = max(left_kg - packed_kg + (in_unit_kg or Decimal(0)), Decimal(0))
    if loose_kg > 0 if asked_kg is None else asked_kg <= loose_kg:
        return
    raise PackingRefused(
        f"Lot {lot['lot_code']} has {kilograms(loose_kg)} loose: {kilograms(left_kg)} on hand, "
        f"{kilograms(packed_kg)} of it packed in {units_named(transaction, lot)}. Unpack some "
        "first, or ship the unit by its SSCC.",
        field=field,
        code="PACKED",
    )


def units_named(transaction: Transaction, lot: Row) -> str:
    """Name the units that hold a lot, the first few of many."""
    units = transaction.all("units_holding_lot", lot_id=lot["lot_id"])
    more = ", …" if len(units) > _MOST_NAMED else ""
    return ", ".join(unit["sscc"] for unit in units[:_MOST_NAMED]) + more


def guard_on_the_floor(transaction: Transaction, sscc: str) -> None:
    """Refuse to ship a unit that stands on another: that one would leave with it, or lack it.

    Raises:
        PackingRefused: Names the unit it stands on.
    """
    stands_on = transaction.value("unit_stands_on", sscc=sscc)
    if stands_on is not None:
        raise PackingRefused(
            f"Unit {sscc} stands on unit {stands_on}. Ship that one, or take this one from it "
            "first.",
            field="sscc",
            code="STANDS_ELSEWHERE",
        )


def kg_on_its_unit(
    transaction: Transaction, lot: Row, sscc: str | None, asked_kg: Decimal | None, *, whole: bool
) -> Decimal | None:
    """Return how much of a lot leaves on its unit (0: unweighed); None: it leaves loose.

    Args:
        transaction: Open transaction that holds the write lock.
        lot: The lot of the line.
        sscc: The unit's code on the line; None: there is none.
        asked_kg: The line's kilograms.
        whole: The line is one of all that the unit holds, which leave together.

    Raises:
        PackingRefused: The unit has left already, or stands on another.
        ShipmentRefused: The unit holds other lots, none of this one, or another amount of it: a
            single line would mark all of it as gone.
    """
    held = [] if sscc is None else transaction.all("lots_in_unit", sscc=sscc)
    if not held:
        return None
    if not whole:
        guard_here(transaction, sscc or "")
        guard_on_the_floor(transaction, sscc or "")
    own = next((row for row in held if row["lot_id"] == lot["lot_id"]), None)
    if not whole and (own is None or len(held) > 1 or own["quantity_kg"] != asked_kg):
        lots = ", ".join(
            f"{kilograms(row['quantity_kg'])} of lot {row['lot_code']}" for row in held
        )
        raise ShipmentRefused(
            f"Unit {sscc} holds {lots}, and leaves whole. Ship it by its SSCC on Packing, or leave "
            "the SSCC out.",
            field="sscc",
            code="UNIT_LEAVES_WHOLE",
        )
    return Decimal(0) if own is None else own["quantity_kg"] or Decimal(0)
