"""The form that puts a stopped lot into another, signed; what it does is the screen's."""

from collections.abc import Callable

import streamlit as st

from dashboards.commands import values
from dashboards.views.floor_time import floor_time_fields
from dashboards.views.lot_forms import submit
from dashboards.views.number_fields import number_field
from dashboards.views.passwords import password_field
from dashboards.words import SIGN_HERE, TAKEN_LABEL
from dashboards.words import movements as words


def rework_form(on_click: Callable[[str], None]) -> None:
    """Draw the form."""
    with st.form("rework"):
        st.caption(words.REWORK_SAID)
        code, quantity = st.columns([3, 2])
        code.text_input(words.REWORK_INTO, key="rework_code", placeholder=words.REWORK_SCAN)
        number_field(quantity, TAKEN_LABEL, key="rework_kg", read=values.moved_kg)
        st.text_input(words.MOVE_WHY, key="rework_reason")
        floor_time_fields("rework")
        password_field(SIGN_HERE, "rework_password", "current-password")
        submit(words.REWORK_SAVE, "rework", on_click)
