"""The one field for a password, and how what was typed in it is taken.

It stands in a form, always: outside of one the browser hands its text on only when the focus leaves
the whole field, and the Tab after a password stays in it, on the button that shows the letters.
What was typed is emptied as soon as it is taken, whatever comes of it.
"""

from typing import Literal

import streamlit as st


def password_field(
    label: str, key: str, autocomplete: Literal["current-password", "new-password"]
) -> None:
    """Draw the field for a password inside the form that is being drawn."""
    st.text_input(label, type="password", key=key, autocomplete=autocomplete)


def take_password(key: str) -> str:
    """Return the password typed, "" for none or no field, and empty the field.

    For callbacks: the field is emptied before it is drawn again.
    """
    typed = st.session_state.get(key) or ""
    if key in st.session_state:
        st.session_state[key] = ""
    return typed
