"""What narrows the list of lots: a search, and the type, product, state and place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.views.scans import text_scanned
from dashboards.words import DISPOSITIONS, type_words
from dashboards.words import lots as words
from dashboards.words.places import PLACE
from sql.vocabulary import Disposition


def lot_filters(
    products: Iterable[Mapping[str, Any]],
    types: Iterable[Mapping[str, Any]],
    places: Sequence[Mapping[str, Any]],
    *,
    on_search: Callable[[], None],
    on_filter: Callable[[], None],
) -> dict[str, Any]:
    """Draw the search and the filters, and return what they ask for.

    Args:
        products: Every product, with product_code and name.
        types: Every type of lots, with lot_type and name_en, in order.
        places: Every place, with place_code and label; where there is none, nothing is asked.
        on_search: Called when something was typed or scanned.
        on_filter: Called when a filter changed.
    """
    text, kind, product, state, *place = st.columns([4, 2, 3, 2, *([2] if places else [])])
    place_names = {row["place_code"]: row["label"] for row in places}
    type_names = {row["lot_type"]: row["name_en"] for row in types}
    names = {row["product_code"]: row["name"] for row in products}
    typed = text.text_input(
        words.SEARCH, key="lots_search", on_change=on_search, placeholder=words.SEARCH_HELP
    )
    return {
        "search": text_scanned(typed) or None,
        "lot_type": kind.selectbox(
            words.TYPE,
            list(type_names),
            index=None,
            format_func=lambda lot_type: type_words(lot_type, type_names[lot_type]),
            key="lots_type",
            on_change=on_filter,
            placeholder=words.ALL,
        ),
        "product_code": product.selectbox(
            words.PRODUCT,
            list(names),
            index=None,
            key="lots_product",
            on_change=on_filter,
            format_func=lambda code: f"{code} · {names[code]}",
            placeholder=words.ALL,
        ),
        "disposition": state.selectbox(
            words.STATE,
            list(Disposition),
            index=None,
            key="lots_state",
            on_change=on_filter,
            format_func=lambda name: " ".join(DISPOSITIONS[name][:2]),
            placeholder=words.ALL,
        ),
        "place_code": place[0].selectbox(
            PLACE,
            list(place_names),
            index=None,
            key="lots_place",
            on_change=on_filter,
            format_func=place_names.__getitem__,
            placeholder=words.ALL,
        )
        if place
        else None,
    }
