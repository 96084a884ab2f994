"""What stops the open lot by its origin, and a manager's assessment of it."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from dashboards.commands.assessments import assess_origin
from dashboards.commands.authority import Action, Person
from dashboards.screens.lot.acting import act, form_part
from dashboards.sessions.connections import config
from dashboards.views.origin import assess_form, draw_stops
from dashboards.views.passwords import take_password
from dashboards.words import lot_forms as words
from sql.genealogy.origin_stops import not_assessed
from sql.record.transactions import Row


def draw_origin(viewer: Person, stops: Sequence[Row], as_of: datetime | None) -> None:
    """Draw what stops the lot, and for whoever may lift it the form, as the lot is known now."""
    draw_stops(stops, config().zone)
    standing = not_assessed(stops)
    if standing and as_of is None and viewer.may(Action.LIFT_HOLD):
        with form_part(words.ASSESS_TITLE, "assess"):
            assess_form(standing, save_assessment)


def save_assessment(used: str) -> None:
    """Let the open lot go in spite of the stops that were on the screen, signed."""
    typed = st.session_state
    password = take_password("assess_password")
    act(
        "assess",
        used,
        words.ASSESSED,
        assess_origin,
        ["assess_reason"],
        password=password,
        is_timed=True,
        lot_code=st.query_params["lot"],
        decision_ids=typed["assess_seen"],
        reason=typed["assess_reason"],
    )
