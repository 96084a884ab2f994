"""Kilograms of an amount in pieces or litres, where a fact keeps kilograms alone."""

from decimal import Decimal

from dashboards.commands.quantities import Quantity
from dashboards.commands.refusals import BadValue
from dashboards.commands.wording import in_unit
from sql.record.transactions import Row


def weighed_kg(lot: Row, given: Quantity) -> Decimal | None:
    """Return the kilograms of an amount of a lot; None: none was given.

    Args:
        lot: The lot, as `known_lot` returns it.
        given: What was entered.

    Raises:
        BadValue: It was counted in a unit, and nobody knows what one weighs.
    """
    taken = given.weighed(lot["product_unit"], lot["kg_per_unit"])
    if taken.kg is not None or taken.quantity is None:
        return taken.kg
    raise BadValue(
        f"Nobody knows what {in_unit(taken.quantity, taken.unit)} of lot {lot['lot_code']} weigh: "
        f"its product has no kilograms a unit in {taken.unit}. Say the kilograms, leave both "
        "empty, or enter on Master data what a unit weighs.",
        field="unit",
        code="WEIGHT_UNKNOWN",
    )
