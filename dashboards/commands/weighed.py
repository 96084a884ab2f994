"""Kilograms of an amount of a lot in pieces or litres."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from dashboards.commands.quantities import Quantity
from dashboards.commands.refusals import BadValue
from dashboards.commands.wording import in_unit
from sql.amounts import MILLIGRAM_PLACES
from sql.record.transactions import Row


def part_of(lot: Mapping[str, Any], given: Quantity) -> Quantity:
    """Add the kilograms that nobody entered to an amount of a lot.

    Where its product says what a unit weighs and the lot weighs otherwise, a part weighs as the lot
    itself does: 12,000 of 24,000 l that came to 24,650 kg are 12,325 kg. Rounded down, so that all
    parts together are never more than the lot.

    Args:
        lot: Its weight_kg, quantity, unit, product_unit and kg_per_unit; each may be None.
        given: How much of it.
    """
    by_product = given.weighed(lot["product_unit"], lot["kg_per_unit"])
    whole = Quantity(None, lot["quantity"], lot["unit"])
    nominal_kg = whole.weighed(lot["product_unit"], lot["kg_per_unit"]).kg
    if given.kg is not None or given.unit != whole.unit or not lot["weight_kg"] or not nominal_kg:
        return by_product
    if nominal_kg == lot["weight_kg"]:
        return by_product
    kg = given.quantity * lot["weight_kg"] / whole.quantity
    return replace(given, kg=kg.quantize(Decimal(1).scaleb(-MILLIGRAM_PLACES), ROUND_FLOOR))


def moved_of(lot: Row, given: Quantity) -> Quantity:
    """Return an amount of a lot with its kilograms, where they are known; its own unit will do.

    Args:
        lot: The lot, as `known_lot` returns it.
        given: What was entered.

    Raises:
        BadValue: It was counted in a unit that the lot isn't kept in, and nobody knows what one
            weighs.
    """
    if given.unit is not None and given.unit == lot["unit"]:
        return part_of(lot, given)
    return weighed_of(lot, given)


def weighed_of(lot: Row, given: Quantity) -> Quantity:
    """Return an amount of a lot with its kilograms beside it; see `weighed_kg`."""
    return replace(given, kg=weighed_kg(lot, given))


def weighed_kg(lot: Row, given: Quantity) -> Decimal | None:
    """Return the kilograms of an amount of a lot; None: none was given.

    Args:
        lot: The lot, as `known_lot` returns it.
        given: What was entered.

    Raises:
        BadValue: It was counted in a unit, and nobody knows what one weighs.
    """
    taken = part_of(lot, given)
    if taken.kg is not None or taken.quantity is None:
        return taken.kg
    raise BadValue(
        f"Nobody knows what {in_unit(taken.quantity, taken.unit)} of lot {lot['lot_code']} weigh: "
        f"its product has no kilograms a unit in {taken.unit}. Say the kilograms, leave both "
        "empty, or enter on Master data what a unit weighs.",
        field="unit",
        code="WEIGHT_UNKNOWN",
    )
