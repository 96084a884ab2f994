"""The form that moves a lot to a place."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.commands import values
from dashboards.views.floor_time import floor_time_fields
from dashboards.views.lot_forms import submit
from dashboards.views.number_fields import number_field
from dashboards.views.place_choice import place_choice
from dashboards.views.unit_fields import unit_fields
from dashboards.words import places as words

Row = Mapping[str, Any]


def place_form(lot: Row, places: Sequence[Row], on_click: Callable[[str], None]) -> None:
    """Draw where to, where from and how much."""
    if not places:
        st.info(words.PLACE_NONE)
        return
    with st.form("place"):
        to, origin = st.columns(2)
        for field, label, key in (
            (to, words.PLACE_TO, "place_to"),
            (origin, words.PLACE_FROM, "place_from"),
        ):
            place_choice(field, places, key=key, label=label)
        quantity, reason = st.columns([2, 3])
        number_field(quantity, words.PLACE_KG, key="place_kg", read=values.moved_kg)
        reason.text_input(words.PLACE_WHY, key="place_reason")
        unit_fields(*st.columns([3, 2]), prefix="place_", unit=lot["unit"])
        floor_time_fields("place")
        submit(words.PLACE_MOVE, "place", on_click)
