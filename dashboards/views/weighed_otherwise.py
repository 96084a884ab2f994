"""Say where kilograms that were typed are far from what the amount beside them comes to."""

from collections.abc import Iterable
from decimal import Decimal

import streamlit as st

from dashboards.commands import values
from dashboards.commands.refusals import BadValue
from dashboards.commands.wording import in_unit
from dashboards.views.number_fields import number_typed
from dashboards.views.plain import literal
from dashboards.views.unit_fields import amount_typed
from dashboards.words import WEIGHED_OTHERWISE, kilograms
from sql.record.transactions import Row

# What is weighed by hand differs from its product a little, always; a slip of a digit by more.
TOLERANCE_RATIO = Decimal("0.1")


def say_weighed_otherwise(
    kg_key: str, prefix: str, product_key: str, products: Iterable[Row]
) -> None:
    """Draw a warning where both are typed and more than a tenth apart; nothing is refused.

    Args:
        kg_key: The field of the kilograms.
        prefix: What the keys of the amount begin with.
        product_key: The field of the product.
        products: With what a unit of each weighs.
    """
    known = {row["product_code"]: row for row in products}
    product = known.get(st.session_state.get(product_key) or "")
    try:
        kg, amount = number_typed(kg_key, read=values.weight_kg), amount_typed(prefix, None)
    except BadValue:
        return  # said at its field, or when it is saved
    if product is None or kg is None or amount.quantity is None:
        return
    told_kg = amount.weighed(product["unit"], product["kg_per_unit"]).kg
    if told_kg is None or abs(kg - told_kg) <= told_kg * TOLERANCE_RATIO:
        return
    said = WEIGHED_OTHERWISE.format(
        amount=in_unit(amount.quantity, amount.unit),
        product=product["product_code"],
        told=kilograms(told_kg),
        typed=kilograms(kg),
    )
    st.warning(literal(said), icon=":material/scale:")
