"""What follows where only one of a lot's count and kilograms is corrected.

Where a unit of its product weighs so much, and the lot weighs just that, one of them was reckoned
from the other: the other follows. A lot that weighs otherwise was weighed (catch weight): its count
and its kilograms are two facts, and each stays as it is said.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dashboards.commands.quantities import Quantity
from dashboards.commands.wording import in_unit, kilograms
from sql.amounts import MILLIGRAM_PLACES
from sql.units import UNIT_PLACES, is_counted, kept

Facts = Mapping[str, Any]
_MILLIGRAM = Decimal(1).scaleb(-MILLIGRAM_PLACES)
_KEEP = "Tick “Weighed so” to keep {kept}."


def followed(lot: Facts, facts: Facts, product: Facts | None) -> tuple[dict[str, Any], str | None]:
    """Let a count follow kilograms, or kilograms a count, where one of them alone is corrected.

    Args:
        lot: What it weighs and counts now: lot_code, weight_kg, quantity, unit.
        facts: The same as they are to be.
        product: Its unit and kg_per_unit; None: the lot has none.

    Returns:
        The facts as they are to be then, and what to ask the person first; None: nothing follows.
    """
    changed = {name for name in ("weight_kg", "quantity", "unit") if lot[name] != facts[name]}
    is_one = changed in ({"weight_kg"}, {"quantity"})
    if product is None or not is_one or None in (facts["weight_kg"], facts["quantity"]):
        return dict(facts), None
    if not _weighs_as_product(lot, product) or _weighs_as_product(facts, product):
        return dict(facts), None
    one = f"a {product['unit']} weighs {kilograms(product['kg_per_unit'])}"
    if changed == {"quantity"}:
        weight_kg = _nominal_kg(facts, product)
        said = (
            f"By its product {one}: {in_unit(facts['quantity'], facts['unit'])} of lot "
            f"{lot['lot_code']} will weigh {kilograms(weight_kg)}."
        )
        keep = _KEEP.format(kept=kilograms(facts["weight_kg"]))
        return {**facts, "weight_kg": weight_kg}, f"{said} {keep}"
    count = count_of(facts["weight_kg"], facts["unit"], product)
    was = in_unit(facts["quantity"], facts["unit"])
    if count is None:
        return dict(facts), (
            f"By its product {one}, and {kilograms(facts['weight_kg'])} are no whole number of "
            f"{facts['unit']}: lot {lot['lot_code']} stays {was}."
        )
    said = (
        f"By its product {one}: lot {lot['lot_code']} of {kilograms(facts['weight_kg'])} will be "
        f"{in_unit(count, facts['unit'])}."
    )
    return {**facts, "quantity": count}, f"{said} {_KEEP.format(kept=was)}"


def count_of(weight_kg: Decimal, unit: str, product: Facts) -> Decimal | None:
    """Return how many of a unit weigh so much; None: nobody knows, or no whole number does."""
    one_kg = _one_kg(unit, product)
    if not one_kg:
        return None
    count = round(weight_kg / one_kg, UNIT_PLACES)
    if not is_counted(unit):
        return count
    whole = count.to_integral_value()
    return whole if abs(whole * one_kg - weight_kg) <= _MILLIGRAM else None


def _one_kg(unit: str, product: Facts) -> Decimal | None:
    """Return what one of the unit kept weighs by a product; None: it doesn't say."""
    if product["unit"] is None or product["kg_per_unit"] is None:
        return None
    one = kept(Decimal(1), product["unit"])
    return product["kg_per_unit"] / one.quantity if one.unit == unit else None


def _nominal_kg(facts: Facts, product: Facts) -> Decimal | None:
    count = Quantity(None, facts["quantity"], facts["unit"])
    return count.weighed(product["unit"], product["kg_per_unit"]).kg


def _weighs_as_product(facts: Facts, product: Facts) -> bool:
    """Tell whether a lot weighs what its count comes to, as finely as both can be written."""
    nominal_kg, weight_kg = _nominal_kg(facts, product), facts["weight_kg"]
    if nominal_kg is None or weight_kg is None:
        return False
    one_kg = _one_kg(facts["unit"], product) or Decimal(0)
    return abs(nominal_kg - weight_kg) <= max(_MILLIGRAM, one_kg * _MILLIGRAM)
