"""The two fields for an amount in a unit other than kilograms: a number, and its unit."""

from typing import Any

from dashboards.commands.quantities import counted
from dashboards.views.number_fields import Typed, number_field
from dashboards.words import UNIT_LABEL, UNIT_QUANTITY_LABEL
from sql.units import KILOGRAM, UNITS

CHOICES = [unit for unit in UNITS if unit != KILOGRAM]


def unit_fields(number_place: Any, unit_place: Any, *, prefix: str) -> None:
    """Draw both; what is typed is under the prefix and `quantity`, and `unit`."""
    number_field(number_place, UNIT_QUANTITY_LABEL, key=f"{prefix}quantity", read=counted)
    unit_place.selectbox(
        UNIT_LABEL, CHOICES, index=None, key=f"{prefix}unit", placeholder="kg alone"
    )


def quantity_typed(prefix: str) -> Typed:
    """Return the field of the number, to be read when it is acted upon."""
    return Typed(f"{prefix}quantity", counted)
