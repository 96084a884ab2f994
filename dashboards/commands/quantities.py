"""How much of something: kilograms, an amount in another unit, or both.

One reader for lots, links and shipments, on every face. What is entered in a unit of mass stays in
kilograms alone; what a product weighs a unit on that day gives the kilograms that nobody entered.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from dashboards.commands import values
from dashboards.commands.numbers import number
from dashboards.commands.refusals import BadValue
from sql.amounts import MILLIGRAM_PLACES, places_of
from sql.units import KILOGRAM, LARGEST_QUANTITY, UNIT_PLACES, UNITS, Counted, kept, unit_named

Typed = Decimal | float | str | None


@dataclass(frozen=True)
class Quantity:
    """How much, as the record keeps it.

    Attributes:
        kg: Kilograms; None: unknown.
        quantity: The amount in its own unit; None: there is none beside kilograms.
        unit: The unit kept; None with it.
    """

    kg: Decimal | None
    quantity: Decimal | None = None
    unit: str | None = None

    def weighed(self, product_unit: str | None, kg_per_unit: Decimal | None) -> "Quantity":
        """Add the kilograms that nobody entered, where a product is known to weigh so much a unit.

        Rounded to the milligram; what the product weighs later changes nothing.
        """
        if self.kg is not None or self.quantity is None:
            return self
        if product_unit is None or kg_per_unit is None:
            return self
        one = kept(Decimal(1), product_unit)
        if one.unit != self.unit:
            return self
        kg = self.quantity / one.quantity * kg_per_unit
        return replace(self, kg=kg.quantize(Decimal(1).scaleb(-MILLIGRAM_PLACES), ROUND_HALF_EVEN))


def unit_given(unit: str | None, field: str = "unit") -> str | None:
    """Read a unit; None where none is written.

    Raises:
        BadValue: There is no such unit.
    """
    if unit is None or not unit.strip():
        return None
    named = unit_named(unit)
    if named is None:
        raise BadValue(
            f"{field} {unit[:40]!r} is not known. Use one of {' '.join(UNITS)}.",
            field=field,
            code="UNIT",
        )
    return named


def quantity_given(
    kg: Typed,
    quantity: Typed = None,
    unit: str | None = None,
    *,
    kg_field: str,
    is_moved: bool = False,
) -> Quantity:
    """Read how much, in kilograms, in a unit, or in both (catch weight: 40 pcs, 612.4 kg).

    Args:
        kg: Kilograms; None: not weighed.
        quantity: An amount in a unit.
        unit: Its unit.
        kg_field: What the kilograms' field is called.
        is_moved: Whether it went somewhere; 0 is no movement then.

    Raises:
        BadValue: A number without a unit, a unit without a number, a unit that is not known, a
            number that can't be kept, or kilograms that differ from an amount in a unit of mass.
    """
    read_kg = (values.moved_kg if is_moved else values.weight_kg)(kg, kg_field)
    named = unit_given(unit)
    typed = counted(quantity, "quantity")
    if typed is None and named is None:
        return Quantity(read_kg)
    if typed is None or named is None:
        half = "amount (quantity) has no unit" if named is None else "unit has no amount (quantity)"
        raise BadValue(
            f"The {half}. Say both, such as 40 pcs, or leave both empty.",
            field="unit" if named is None else "quantity",
            code="HALF",
        )
    if is_moved and typed == 0:
        raise BadValue(
            f"quantity is 0 {named}: nothing moved. Leave it empty where the amount is unknown.",
            field="quantity",
            code="ZERO",
        )
    amount = _kept(typed, named)
    if amount.unit == KILOGRAM:
        return Quantity(_one_weight(read_kg, amount.quantity, kg_field, is_moved=is_moved))
    return Quantity(read_kg, amount.quantity, amount.unit)


def counted(value: Typed, field: str) -> Decimal | None:
    """Read a number of a unit, 0 or more with at most 6 places; None: none."""
    return number(value, field, lowest=Decimal(0), highest=LARGEST_QUANTITY, places=UNIT_PLACES)


def _kept(typed: Decimal, named: str) -> Counted:
    """Return the amount in the unit kept, or refuse what is too fine or too large for it."""
    amount = kept(typed, named)
    if places_of(amount.quantity) > UNIT_PLACES:
        raise BadValue(
            f"quantity {typed} {named} is finer than a millionth of a {amount.unit}. Round it.",
            field="quantity",
            code="PLACES",
        )
    if amount.quantity >= LARGEST_QUANTITY:
        raise BadValue(
            f"quantity {typed} {named} is too large. Check the number and the unit.",
            field="quantity",
            code="RANGE",
        )
    return amount


def _one_weight(
    read_kg: Decimal | None, counted_kg: Decimal, kg_field: str, *, is_moved: bool
) -> Decimal | None:
    """Return the weight said in a unit of mass, and beside it in kilograms where both are."""
    if read_kg is not None and read_kg != counted_kg:
        raise BadValue(
            f"quantity comes to {counted_kg.normalize():f} kg, {kg_field} says "
            f"{read_kg.normalize():f} kg. Give one of them.",
            field=kg_field,
            code="TWO_WEIGHTS",
        )
    return (values.moved_kg if is_moved else values.weight_kg)(counted_kg, kg_field)
