"""A manager's form for a rejected or held lot: it goes into another, which starts on HOLD."""

import streamlit as st

from dashboards.commands import values
from dashboards.commands.authority import Action, Person
from dashboards.commands.refusals import BadValue
from dashboards.commands.rework import rework_lot
from dashboards.screens.lot.acting import act, form_part, place_of
from dashboards.views.messages import say_problem
from dashboards.views.number_fields import Typed
from dashboards.views.passwords import take_password
from dashboards.views.rework_form import rework_form
from dashboards.views.scans import lot_scanned
from dashboards.words import movements as words
from sql.errors import RecordUnavailable
from sql.record.transactions import Row

STOPPED = ("rejected", "hold")


def draw_rework_form(viewer: Person, lot: Row) -> None:
    """Draw the form of a lot that stands on HOLD or FAIL, for whoever may lift that."""
    if lot["disposition"] in STOPPED and viewer.may(Action.LIFT_HOLD):
        with form_part(words.REWORK_TITLE, "rework"):
            rework_form(save_rework)


def save_rework(used: str) -> None:
    """Put some of the open lot into the typed one, signed."""
    typed = st.session_state
    password = take_password("rework_password")
    try:
        child = lot_scanned(typed["rework_code"], "child_lot_code")
    except (BadValue, RecordUnavailable) as unclear:
        say_problem(unclear, place=place_of("rework"))
        return
    act(
        "rework",
        used,
        words.REWORK_SAVED.format(child=child),
        rework_lot,
        ["rework_code", "rework_kg", "rework_reason"],
        password=password,
        is_timed=True,
        parent_lot_code=st.query_params["lot"],
        child_lot_code=child,
        quantity_kg=Typed("rework_kg", values.moved_kg),
        reason=typed["rework_reason"],
    )
