"""The two fields for an amount in a unit other than kilograms: a number, and its unit.

The unit is that of the lot or product where it is known. One without a number says nothing.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import streamlit as st

from dashboards.commands.quantities import Quantity, counted, quantity_given
from dashboards.views.number_fields import Typed, number_field
from dashboards.words import UNIT_LABEL, UNIT_QUANTITY_LABEL
from dashboards.words.measuring import KG_ALONE
from sql.record.transactions import Row
from sql.units import KILOGRAM, UNITS

CHOICES = [unit for unit in UNITS if unit != KILOGRAM]


def unit_fields(
    number_place: Any, unit_place: Any, *, prefix: str, unit: str | None = None
) -> None:
    """Draw both; what is typed is under the prefix and `quantity`, and `unit`.

    Args:
        number_place: Where to draw the number.
        unit_place: Where to draw the unit.
        prefix: What their keys begin with.
        unit: The unit that is meant while nobody chose another; None: kilograms alone.
    """
    if unit in CHOICES and not st.session_state.get(f"{prefix}unit"):
        st.session_state[f"{prefix}unit"] = unit
    number_field(number_place, UNIT_QUANTITY_LABEL, key=f"{prefix}quantity", read=counted)
    unit_place.selectbox(UNIT_LABEL, CHOICES, index=None, key=f"{prefix}unit", placeholder=KG_ALONE)


def follow_product(prefix: str, product_key: str, products: Iterable[Row]) -> None:
    """Choose the unit of the product that was just chosen; none where it is kept in kilograms."""
    units = {row["product_code"]: row["unit"] for row in products}
    unit = units.get(st.session_state[product_key])
    st.session_state[f"{prefix}unit"] = unit if unit in CHOICES else None


def quantity_typed(prefix: str) -> Typed:
    """Return the field of the number, to be read when it is acted upon."""
    return Typed(f"{prefix}quantity", counted)


def unit_typed(prefix: str) -> str | None:
    """Return the unit of the number typed; None where none is chosen, or there is no number."""
    state = st.session_state
    return state.get(f"{prefix}unit") if state.get(f"{prefix}quantity") else None


def amount_typed(prefix: str, kg: Decimal | None) -> Quantity:
    """Return kilograms and the amount beside them as one; refuses as `quantity_given` does."""
    number, unit = quantity_typed(prefix).typed(), unit_typed(prefix)
    return quantity_given(kg, number, unit, kg_field="kg", is_moved=True)
