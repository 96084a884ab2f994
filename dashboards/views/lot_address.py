"""The list of lots as its address says it: Back, a bookmark and a link find the same list again."""

from collections.abc import Collection, Mapping
from typing import Any

import streamlit as st

from sql.vocabulary import Disposition

# What a widget holds, by the name it has in the address.
KEPT = {
    "q": "lots_search",
    "type": "lots_type",
    "product": "lots_product",
    "state": "lots_state",
    "place": "lots_place",
    "page": "lots_page",
}
_EMPTY = {"q": "", "type": None, "product": None, "state": None, "place": None, "page": 1}
_KNOWN = "lots_address"


def keep_list() -> None:
    """Write what the list is asked for into the address, in one step back."""
    others = {name: value for name, value in st.query_params.items() if name not in KEPT}
    held = {name: st.session_state.get(key, _EMPTY[name]) for name, key in KEPT.items()}
    asked = {name: str(value) for name, value in held.items() if value != _EMPTY[name]}
    st.session_state[_KNOWN] = asked
    st.query_params.from_dict(others | asked)


def recall_list(products: Collection[str], types: Collection[str], places: Collection[str]) -> None:
    """Fill the list's widgets from the address where it says something new, or they hold nothing.

    Args:
        products: The codes that may be asked for; what can't be chosen is left out.
        types: The same of types of lots.
        places: The same of places.
    """
    asked = {name: value for name, value in st.query_params.items() if name in KEPT}
    is_new = asked != st.session_state.get(_KNOWN, {})
    st.session_state[_KNOWN] = asked
    for name, value in _read(asked, products, types, places).items():
        if is_new or KEPT[name] not in st.session_state:
            st.session_state[KEPT[name]] = value


def _read(
    asked: Mapping[str, str],
    products: Collection[str],
    types: Collection[str],
    places: Collection[str],
) -> dict[str, Any]:
    """Read the address; what it doesn't say, or says wrongly, is as in a list of all lots."""
    page = asked.get("page", "1")
    read: dict[str, Any] = dict(_EMPTY)
    read["q"] = asked.get("q", "")
    read["page"] = int(page) if page.isascii() and page.isdigit() and 0 < int(page) < 10**6 else 1
    for name, known in (
        ("type", types),
        ("product", products),
        ("state", list(Disposition)),
        ("place", places),
    ):
        read[name] = asked[name] if asked.get(name) in known else None
    return read
