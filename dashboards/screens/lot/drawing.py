"""One lot in full, as known now or at a past moment."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from dashboards.commands.authority import Action, Person
from dashboards.screens.lot.acting import PLACE
from dashboards.screens.lot.corrections import draw_correction_forms
from dashboards.screens.lot.floor import draw_floor_forms
from dashboards.screens.lot.movements import draw_move_form
from dashboards.screens.lot.origin import draw_origin
from dashboards.screens.lot.places import draw_place_form
from dashboards.screens.lot.rework import draw_rework_form
from dashboards.screens.lot.stood import draw_stood
from dashboards.sessions.connections import config, record
from dashboards.views.changes import draw_changes
from dashboards.views.half_forms import forget_unless_about
from dashboards.views.late_choices import choices
from dashboards.views.links import QC_DECISIONS, TRACE, link_button
from dashboards.views.lot import facts, head
from dashboards.views.lot_label import draw_label
from dashboards.views.lot_sections import SECTIONS, section
from dashboards.views.messages import show
from dashboards.views.movement_form import accounted_said, draw_undecided
from dashboards.views.origin import draw_damage, draw_deviations, state_said
from dashboards.views.plain import literal
from dashboards.views.stops import draw_standing_stops
from dashboards.views.voided_lots import draw_voided
from dashboards.words import NO_LOT, NO_LOT_THEN
from dashboards.words import lot as words
from sql.genealogy.differences import lot_changes
from sql.genealogy.origin_stops import stops_by_origin
from sql.genealogy.standing_places import standing_counts, standing_places
from sql.movements import accounted_band
from sql.record.transactions import Transaction

FORMS = [
    f"{form}_"
    for form in [
        "assess",
        "reading",
        "parent",
        "ship",
        "move",
        "place",
        "rework",
        "correct",
        "rename",
        "void",
        "withdraw",
    ]
]
LISTS = [
    "gate_names",
    "customers_known",
    "products_known",
    "partners_known",
    "places_known",
    "suppliers_known",
    "runs_known",
    "lot_types_known",
]


def draw_lot(
    viewer: Person, code: str, as_of: datetime | None, on_close: Callable[[], None]
) -> None:
    """Draw one lot as known then or now; now with the forms that the person may use on it."""
    zone = config().zone
    st.button(words.ALL_LOTS, key="lots_close", on_click=on_close)
    show(PLACE, about=code)
    with record().snapshot(as_of=as_of) as snapshot:
        lot = snapshot.one("lot_shown", lot_code=code)
        if lot is None:
            _draw_no_lot(snapshot, code, as_of)
            return
        sections = {name: snapshot.all(name, lot_id=lot["lot_id"]) for name in SECTIONS}
        lists = {name: choices(snapshot, name, viewer) for name in LISTS}
        earlier = snapshot.all("lots_that_expire_before", lot_id=lot["lot_id"])
        lists["lines_shipped"] = snapshot.all(
            "lines_shipped", lot_id=lot["lot_id"], shipment_code=None
        )
        lists["limits_asked_of_lot"] = snapshot.all("limits_asked_of_lot", lot_id=lot["lot_id"])
        damaged = snapshot.all("damaged_identifiers", lot_ids=[lot["lot_id"]])
        stops = stops_by_origin(snapshot, lot)
        standing = snapshot.all("standing_decisions", lot_id=lot["lot_id"])
        stands = standing_places(snapshot, [lot["lot_id"]]).get(lot["lot_id"], {})
        counts = standing_counts(snapshot, [lot["lot_id"]]).get(lot["lot_id"])
        waits_for = snapshot.all("gates_waited_for", lot_id=lot["lot_id"])
    if as_of is None:
        forget_unless_about(FORMS, about=lot["lot_code"])
    # Each part has its place with and without anything in it: a form further down stays open.
    with st.container():
        head(lot)
        st.caption(accounted_said(lot, accounted_band(config())))
        draw_standing_stops(standing, zone)
        state_said(lot, waits_for)
        draw_undecided(lot)
        draw_deviations(sections["readings_of_lot"])
        draw_damage(damaged)
    with st.container():
        draw_origin(viewer, stops, as_of)
    with st.container(horizontal=True):
        link_button(words.TRACE, TRACE, code, key="lot_trace")
        if viewer.may(Action.DECIDE) and as_of is None:
            link_button(words.DECIDE, QC_DECISIONS, code, key="lot_decide")
    with st.container():
        facts(lot, zone)
        draw_stood(code, stands, counts, as_of)
    draw_label(lot)
    if as_of is None:
        with st.container():
            draw_floor_forms(viewer, lot, lists | {"lots_that_expire_before": earlier})
        draw_move_form(viewer, lot, lists)
        draw_place_form(viewer, lot, lists)
        with st.container():
            draw_rework_form(viewer, lot)
        draw_correction_forms(viewer, lot, sections, lists)
    else:
        _draw_changes(lot["lot_id"], as_of)
    for name in SECTIONS:
        section(name, sections[name], zone)


def _draw_no_lot(snapshot: Transaction, code: str, as_of: datetime | None) -> None:
    """Say that there is no such lot, or who voided it and why."""
    voided = snapshot.one("lot_voided", lot_code=code)
    if voided is not None:
        draw_voided(voided)
        return
    st.warning((NO_LOT if as_of is None else NO_LOT_THEN).format(code=literal(code)))


def _draw_changes(lot_id: int, as_of: datetime) -> None:
    """Draw what was written about the lot since the moment shown."""
    st.markdown(words.SINCE_THEN)
    with record().snapshot() as snapshot:
        changes = lot_changes(snapshot, lot_id, as_of)
    draw_changes(changes, config().zone, key="lot_changes")
