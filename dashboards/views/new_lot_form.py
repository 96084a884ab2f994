"""The fields of a new lot, and how a lot that may go into it is named."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from dashboards.commands import values
from dashboards.views.columns import DAY_FORMAT
from dashboards.views.floor_time import floor_time_fields
from dashboards.views.focus import focus_on
from dashboards.views.label_filling import OWN_CODE, fill_from_label
from dashboards.views.number_fields import number_field
from dashboards.views.partner_names import partner_names
from dashboards.views.place_choice import place_choice
from dashboards.views.states import disposition_words
from dashboards.views.unit_fields import follow_product, unit_fields
from dashboards.views.weighed_otherwise import say_weighed_otherwise
from dashboards.words import (
    BEYOND_LABEL,
    TEMPERATURE_LABEL,
    TYPELESS,
    WEIGHT_LABEL,
    on_hand,
    type_words,
)
from dashboards.words import lots as words
from dashboards.words.identity import PRINTED_HELP, PRINTED_LABEL
from dashboards.words.places import PLACE_RECEIVED
from sql.record.transactions import Row


def lot_fields(
    products: Iterable[Row],
    suppliers: Iterable[Row],
    types: Iterable[Row],
    places: Iterable[Row],
    *,
    may_insist: bool,
) -> None:
    """Draw the fields of the lot itself; what is typed is under `new_` and the field's name.

    Args:
        products: To choose among.
        suppliers: To choose among.
        types: The lot types of the process.
        places: To choose among, where it stands since it came to be.
        may_insist: Whether the person may register what the process takes to be implausible.
    """
    products = list(products)
    product_names = {row["product_code"]: row["name"] for row in products}
    supplier_names = partner_names(suppliers)
    left, right = st.columns(2)
    left.text_input(
        words.CODE,
        key=OWN_CODE,
        on_change=fill_from_label,
        args=(OWN_CODE,),
        placeholder=words.CODE_HELP,
    )
    focus_on(OWN_CODE)
    type_choice(right, types, key="new_lot_type")
    number_field(left, WEIGHT_LABEL, key="new_weight_kg")
    number_field(right, TEMPERATURE_LABEL, key="new_temperature_c", read=values.temperature_c)
    unit_fields(left, right, prefix="new_")
    left.selectbox(
        words.PRODUCT,
        list(product_names),
        index=None,
        key="new_product_code",
        on_change=follow_product,
        args=("new_", "new_product_code", products),
        format_func=lambda code: f"{code} · {product_names[code]}",
        placeholder=words.NONE,
    )
    right.date_input(words.USE_BY, value=None, key="new_expires_on", format=DAY_FORMAT)
    left.selectbox(
        words.SUPPLIER,
        list(supplier_names),
        index=None,
        key="new_supplier_code",
        format_func=supplier_names.__getitem__,
        placeholder=words.MADE_HERE,
    )
    right.text_input(
        words.SUPPLIER_LOT,
        key="new_supplier_lot_code",
        on_change=fill_from_label,
        args=("new_supplier_lot_code",),
        placeholder=words.SUPPLIER_LOT_HELP,
    )
    place_choice(left, places, key="new_place_code", label=PLACE_RECEIVED)
    right.text_input(PRINTED_LABEL, key="new_printed_code")
    right.caption(PRINTED_HELP)
    say_weighed_otherwise("new_weight_kg", "new_", "new_product_code", products)
    if may_insist:
        st.text_input(BEYOND_LABEL, key="new_beyond_reason")
    floor_time_fields("new")


def type_choice(place: Any, types: Iterable[Row], *, key: str) -> None:
    """Draw the choice of a new lot's type, of those that the process has."""
    type_names = {row["lot_type"]: row["name_en"] for row in types}
    place.selectbox(
        words.TYPE,
        list(type_names),
        index=None,
        format_func=lambda lot_type: type_words(lot_type, type_names[lot_type]),
        key=key,
        placeholder=words.CHOOSE_TYPE,
    )


def describe(lot: Row) -> str:
    """Say which lot it is, what it still has and what quality decided."""
    what = lot["product_code"] or lot["lot_type"] or TYPELESS
    left = words.LOT_LEFT.format(amount=on_hand(lot))
    said = [lot["lot_code"], what, left, disposition_words(lot["disposition"])]
    if lot["expires_on"] is not None:
        said.append(words.LOT_USE_BY.format(day=lot["expires_on"]))
    return " · ".join(said)
