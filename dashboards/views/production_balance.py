"""Whether what is typed about a production adds up, said before it is saved."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import streamlit as st

from dashboards.commands import values
from dashboards.commands.quantities import Quantity
from dashboards.commands.refusals import BadValue
from dashboards.commands.weighed import part_of
from dashboards.views.number_fields import number_typed
from dashboards.views.production_form import FORM, output_numbers
from dashboards.views.unit_fields import amount_typed
from dashboards.words import kilograms
from dashboards.words import productions as words
from sql.record.transactions import Row


def balance_drawn(taken: Mapping[str, Row | None], products: Iterable[Row]) -> None:
    """Say whether it adds up, as far as its kilograms are known: weighed, or told by a product.

    Args:
        taken: The lots on the list of what went in, by code; None: not in the record.
        products: Of what came out, with what a unit of each weighs.
    """
    known = {row["product_code"]: row for row in products}
    try:
        went_in = [_taken_kg(code, lot) for code, lot in taken.items()]
        came_out = [_made_kg(f"{FORM}_out{number}", known) for number in output_numbers()]
        waste = number_typed(f"{FORM}_waste_kg")
    except BadValue:
        return  # said at its field, or when it is saved
    if not went_in or not came_out:
        return
    if None in went_in or None in came_out:
        st.caption(words.BALANCE_UNKNOWN)
        return
    inputs, outputs = sum(kg for kg in went_in if kg), sum(kg for kg in came_out if kg)
    left = inputs - outputs - (waste or 0)
    told = "even" if left == 0 else "left" if left > 0 else "beyond"
    said = words.BALANCE.format(
        inputs=kilograms(Decimal(inputs)),
        outputs=kilograms(Decimal(outputs)),
        waste=words.WASTE_NOT_SAID if waste is None else kilograms(waste),
        left=words.UNACCOUNTED[told].format(kilograms=kilograms(abs(left))),
    )
    if told == "beyond":
        st.warning(said, icon=":material/scale:")
    else:
        st.caption(said)


def _taken_kg(code: str, lot: Row | None) -> Decimal | None:
    given = _given(f"{FORM}_kg_{code}", f"{FORM}_{code}_")
    return part_of(lot, given).kg if lot is not None else given.kg


def _made_kg(key: str, products: Mapping[str, Row]) -> Decimal | None:
    product = products.get(st.session_state.get(f"{key}_product") or "")
    given = _given(f"{key}_kg", f"{key}_")
    return given.weighed(product["unit"], product["kg_per_unit"]).kg if product else given.kg


def _given(kg_key: str, prefix: str) -> Quantity:
    return amount_typed(prefix, number_typed(kg_key, read=values.moved_kg))
