"""What narrows the list of lots: a search, and the type, product and state."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from dashboards.views.scans import text_scanned
from dashboards.words import DISPOSITIONS, type_words
from sql.vocabulary import Disposition


def lot_filters(
    products: Iterable[Mapping[str, Any]],
    types: Iterable[Mapping[str, Any]],
    *,
    on_search: Callable[[], None],
    on_filter: Callable[[], None],
) -> dict[str, Any]:
    """Draw the search and the filters, and return what they ask for.

    Args:
        products: Every product, with product_code and name.
        types: Every type of lots, with lot_type and name_en, in order.
        on_search: Called when something was typed or scanned.
        on_filter: Called when a filter changed.
    """
    text, kind, product, state = st.columns([4, 2, 3, 2])
    type_names = {row["lot_type"]: row["name_en"] for row in types}
    names = {row["product_code"]: row["name"] for row in products}
    typed = text.text_input(
        "Search", key="lots_search", on_change=on_search, placeholder="Part of a lot code, or scan"
    )
    return {
        "search": text_scanned(typed) or None,
        "lot_type": kind.selectbox(
            "Type",
            list(type_names),
            index=None,
            format_func=lambda lot_type: type_words(lot_type, type_names[lot_type]),
            key="lots_type",
            on_change=on_filter,
            placeholder="All",
        ),
        "product_code": product.selectbox(
            "Product",
            list(names),
            index=None,
            key="lots_product",
            on_change=on_filter,
            format_func=lambda code: f"{code} · {names[code]}",
            placeholder="All",
        ),
        "disposition": state.selectbox(
            "State",
            list(Disposition),
            index=None,
            key="lots_state",
            on_change=on_filter,
            format_func=lambda name: " ".join(DISPOSITIONS[name][:2]),
            placeholder="All",
        ),
    }
