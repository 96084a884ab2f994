"""What one unit of a product weighs, as it is typed or sent."""

from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.refusals import BadValue
from sql.units import KILOGRAM, kept

LARGEST_TARGET_KG = Decimal("999999999.999999")


def refuse_unit_weight(unit: str | None) -> None:
    """Refuse kilograms a unit where there is no unit, or one of mass that says them itself."""
    if unit is None:
        raise BadValue(
            "kg_per_unit is given without a unit. Name the unit that weighs so much.",
            field="unit",
            code="HALF",
        )
    if kept(Decimal(1), unit).unit == KILOGRAM:
        raise BadValue(
            f"A {unit} weighs what it says. Leave kg_per_unit empty.", field="kg_per_unit"
        )


def kg_per_unit(value: Decimal | str | None, field: str) -> Decimal | None:
    """Read what one unit of a product weighs, in kilograms; None: unknown, or it differs."""
    weight = values.number(value, field, lowest=Decimal(0), highest=LARGEST_TARGET_KG)
    if weight == 0:
        raise BadValue(f"{field} is 0. Leave it empty where it is unknown.", field=field)
    return weight
