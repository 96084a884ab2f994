"""What of a lot may still be shipped as this lot, and be downgraded.

A guard reads and refuses; it never writes. It is asked under the write lock.
"""

from decimal import Decimal

from dashboards.commands.refusals import MovementRefused, ShipmentRefused
from dashboards.commands.wording import kilograms
from sql.record.transactions import Row


def guard_downgrade(lot: Row, quantity_kg: Decimal | None) -> None:
    """Refuse to downgrade more in all than the lot has that didn't stay with customers.

    Raises:
        MovementRefused: It is more.
    """
    rest_kg = still_first_grade_kg(lot)
    if rest_kg is not None and quantity_kg is not None and quantity_kg > rest_kg:
        raise MovementRefused(
            f"Of lot {lot['lot_code']} {kilograms(max(rest_kg, Decimal(0)))} at most can still be "
            f"downgraded; {kilograms(quantity_kg)} is too much. The rest was shipped, or "
            "downgraded before.",
            field="quantity_kg",
            code="NOT_ENOUGH",
        )


def guard_grade(lot: Row, quantity_kg: Decimal | None) -> None:
    """Refuse to ship what can only be kilograms that were downgraded.

    Raises:
        ShipmentRefused: The rest is less.
    """
    rest_kg = still_first_grade_kg(lot)
    if not lot["downgraded_kg"] or rest_kg is None or quantity_kg is None:
        return
    if quantity_kg > rest_kg:
        raise ShipmentRefused(
            f"{kilograms(lot['downgraded_kg'])} of lot {lot['lot_code']} are downgraded, so "
            f"{kilograms(max(rest_kg, Decimal(0)))} at most can still be shipped as this lot; "
            f"{kilograms(quantity_kg)} is too much. Register what is downgraded as a lot of its "
            "own.",
            field="quantity_kg",
            code="DOWNGRADED",
        )


def still_first_grade_kg(lot: Row) -> Decimal | None:
    """Say what of a lot may be shipped or downgraded at most; None: nobody knows what it weighs."""
    if lot["weight_kg"] is None:
        return None
    found_kg = lot["counted_difference_kg"] or Decimal(0)
    shipped_kg = lot["shipped_kg"] if lot["shipped_kg"] is not None else lot["shipped_at_least_kg"]
    back_kg = shipped_kg if lot["returned_kg"] is None else lot["returned_kg"]
    away_kg = max(shipped_kg - back_kg, Decimal(0))
    return lot["weight_kg"] + found_kg - (lot["downgraded_kg"] or 0) - away_kg
