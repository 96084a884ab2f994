"""The form of a production: what it was, what came out of it, and whether it adds up.

What is typed stands under `made_` and the field's name. What went in is `views.taken_lots`.
"""

from collections.abc import Iterable, Sequence

import streamlit as st

from dashboards.commands import values
from dashboards.commands.production_sides import Output
from dashboards.views.columns import DAY_FORMAT
from dashboards.views.floor_time import floor_time_fields
from dashboards.views.new_lot_form import type_choice
from dashboards.views.number_fields import number_field, number_typed
from dashboards.views.unit_fields import (
    follow_product,
    quantity_typed,
    unit_fields,
    unit_typed,
)
from dashboards.views.weighed_otherwise import say_weighed_otherwise
from dashboards.words import productions as words
from sql.record.transactions import Row
from sql.vocabulary import OutputKind

FORM = "made"


def event_fields(runs: Iterable[Row]) -> None:
    """Draw the fields of the event itself."""
    left, right = st.columns(2)
    left.text_input(words.CODE, key=f"{FORM}_code", placeholder=words.CODE_HELP)
    right.selectbox(
        words.RUN,
        [run["run_code"] for run in runs],
        index=None,
        key=f"{FORM}_run",
        placeholder=words.NONE,
    )
    left.text_input(words.PLACE, key=f"{FORM}_place")
    number_field(right, words.WASTE, key=f"{FORM}_waste_kg")
    floor_time_fields(FORM)


def outputs_drawn(products: Iterable[Row], types: Sequence[Row]) -> None:
    """Draw the fields of every lot that came out, and a button for one more."""
    products = list(products)
    for number in output_numbers():
        with st.container(border=True):
            _output_fields(f"{FORM}_out{number}", products, types, number)
    st.button(words.ADD_OUTPUT, key=f"{FORM}_add_output", on_click=add_output)


def _output_fields(key: str, products: Sequence[Row], types: Sequence[Row], number: int) -> None:
    """Draw the fields of one lot that came out."""
    names = {row["product_code"]: row["name"] for row in products}
    code, kind, weighed = st.columns([3, 2, 2])
    code.text_input(words.OUTPUT_CODE, key=f"{key}_code")
    kind.selectbox(
        words.KIND, list(OutputKind), format_func=words.KINDS.__getitem__, key=f"{key}_kind"
    )
    number_field(weighed, words.OUTPUT_KG, key=f"{key}_kg", read=values.moved_kg)
    unit_fields(*st.columns([3, 2]), prefix=f"{key}_")
    lot_type, product, expires, gone = st.columns([2, 3, 2, 1], vertical_alignment="bottom")
    type_choice(lot_type, types, key=f"{key}_type")
    product.selectbox(
        words.PRODUCT,
        list(names),
        index=None,
        key=f"{key}_product",
        on_change=follow_product,
        args=(f"{key}_", f"{key}_product", products),
        format_func=lambda code: f"{code} · {names[code]}",
        placeholder=words.NONE,
    )
    expires.date_input(words.USE_BY, value=None, key=f"{key}_expires_on", format=DAY_FORMAT)
    gone.button(
        words.REMOVE,
        key=f"{key}_remove",
        on_click=remove_output,
        args=(number,),
        disabled=len(output_numbers()) == 1,
        width="stretch",
    )
    say_weighed_otherwise(f"{key}_kg", f"{key}_", f"{key}_product", products)


def output_numbers() -> list[int]:
    """Return the numbers of the outputs on the form; one at first."""
    return st.session_state.setdefault(f"{FORM}_outputs", [1])


def add_output() -> None:
    """Draw fields for one more lot that came out."""
    output_numbers().append(max(output_numbers()) + 1)


def remove_output(number: int) -> None:
    """Take one lot that came out off the form."""
    output_numbers().remove(number)


def outputs_typed() -> list[Output]:
    """Return what was typed about each lot that came out.

    Raises:
        BadValue: Kilograms can't be taken; names their field.
    """
    state = st.session_state
    return [
        Output(
            state[f"{key}_code"],
            number_typed(f"{key}_kg", read=values.moved_kg),
            quantity_typed(f"{key}_").typed(),
            unit_typed(f"{key}_"),
            kind=state[f"{key}_kind"],
            lot_type=state[f"{key}_type"],
            product_code=state[f"{key}_product"],
            expires_on=state[f"{key}_expires_on"],
        )
        for key in (f"{FORM}_out{number}" for number in output_numbers())
    ]
