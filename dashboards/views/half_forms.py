"""A form left and come back to is whole or empty, never half.

Streamlit forgets a field that was not drawn, and keeps whatever else a form noted down, such as the
parents listed. So what belongs to a form is forgotten together: when it was not drawn just before,
and when it is drawn for something else than before.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

_ABOUT = "about_"


def forget_unless_drawn(prefix: str, *, witness: str) -> None:
    """Empty a form that was left: forget every key of it, unless it was drawn just before.

    Args:
        prefix: What all of the form's keys begin with.
        witness: The key of one of its fields, that is always drawn.
    """
    if witness not in st.session_state:
        _forget((prefix,))


def forget_unless_about(prefixes: Sequence[str], *, about: str) -> None:
    """Empty forms that were filled in for something else, such as another lot.

    Args:
        prefixes: What the keys of each form begin with.
        about: What they are drawn for now.
    """
    place = _ABOUT + prefixes[0]
    if st.session_state.get(place, about) != about:
        empty_form(*prefixes)
    st.session_state[place] = about


def empty_fields(keys: Iterable[str]) -> None:
    """Empty fields that stay on the page: the browser keeps what it is not told to drop.

    Args:
        keys: Of the fields; one that was never drawn stays so.
    """
    for key in list(keys):
        if key in st.session_state:
            st.session_state[key] = _emptied(st.session_state[key])


def empty_form(*prefixes: str) -> None:
    """Empty every field whose key begins so; a button is no field."""
    empty_fields(
        str(key)
        for key in st.session_state
        if str(key).startswith(prefixes) and "_save_" not in str(key)
    )


def _emptied(value: Any) -> Any:
    """Say what an empty field of the same kind holds; a choice, of words too, holds nothing."""
    if isinstance(value, bool):
        return False
    if isinstance(value, list):
        return []
    return "" if type(value) is str else None


def _forget(prefixes: Sequence[str]) -> None:
    for key in list(st.session_state.keys()):
        if isinstance(key, str) and key.startswith(tuple(prefixes)):
            del st.session_state[key]
