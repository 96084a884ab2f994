"""Screen: what one lot touches, answered live from the record."""

from datetime import datetime

import streamlit as st

from dashboards.reader.signs import written_to_a_file
from dashboards.screens.tracing.holding import draw_to_do
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import person
from dashboards.views.as_of import long_form, title_with_moment
from dashboards.views.changes import draw_difference
from dashboards.views.focus import focus_on
from dashboards.views.genealogy import summary
from dashboards.views.links import LOTS, link_button
from dashboards.views.plain import literal
from dashboards.views.search_box import Chosen, lots_to_trace, search_box
from dashboards.views.states import disposition_badge
from dashboards.views.trace_downloads import draw_downloads
from dashboards.views.trace_files import checks_said
from dashboards.views.trace_graph import draw_graph
from dashboards.views.trace_tables import draw_rows, draw_verdict, file_stem
from dashboards.words import (
    DIFFERENCES,
    DIRECTIONS,
    NO_LINKS,
    NO_LINKS_THIS_WAY,
    NO_LOT,
    NO_LOT_THEN,
    together,
)
from dashboards.words import tracing as words
from sql.genealogy.differences import trace_difference
from sql.genealogy.origin_stops import name_stops
from sql.genealogy.trace import Trace, trace
from sql.genealogy.whereabouts import Whereabouts, whereabouts
from sql.vocabulary import Direction
from sql.warehouse.open_findings import open_findings

viewer = person()
zone = config().zone


def ask() -> tuple[list[str], Direction]:
    """Draw the question; return what is looked for and the direction."""
    box = st.container()
    row = st.container(horizontal=True, vertical_alignment="bottom")
    direction = row.segmented_control(
        words.DIRECTION,
        list(DIRECTIONS),
        default="both",
        required=True,
        key="trace_direction",
        format_func=DIRECTIONS.__getitem__,
    )
    return search_box(box, row), Direction(direction)


@written_to_a_file()
def facts(found: Trace, direction: Direction) -> dict[str, str]:
    """Say who asked what and when, for papers that leave the screen."""
    return {
        words.LOTS: together([lot["lot_code"] for lot in found.asked], most=20),
        words.DIRECTION: DIRECTIONS[direction],
        words.ASKED_BY: person().full_name or person().email,
        words.ASKED_AT: f"{asked_at:%Y-%m-%d %H:%M} ({zone.key})",
        words.AS_KNOWN: words.KNOWN_ON.format(moment=long_form(as_known, zone))
        if as_known
        else words.KNOWN_AT_THAT_TIME,
        words.CHECKS: checks_said(open_findings(config().home), found.verdict, zone),
    }


def draw(found: Trace, where: Whereabouts, direction: Direction) -> None:
    """Draw the answer: what it comes to, what to do about it, the picture, then every row."""
    with st.container(border=True):
        st.text(summary(found))
        if len(found.asked) == 1:
            with st.container(horizontal=True, vertical_alignment="center"):
                disposition_badge(found.lot["disposition"])
                link_button(words.OPEN_LOT, LOTS, found.lot["lot_code"], key="trace_open")
    if len(found.lots) == len(found.asked):
        st.info(NO_LINKS if direction is Direction.BOTH else NO_LINKS_THIS_WAY)
    draw_verdict(found, zone)
    name = f"trace-{file_stem(found)}-{direction}"
    draw_downloads(found, name, facts(found, direction), zone, where, as_known or asked_at)
    draw_to_do(viewer, found, where, direction, as_known, zone, asked_at)
    draw_graph(found, zone)
    draw_rows(found, zone, as_known or asked_at)


def draw_since(then: Trace, chosen: Chosen, direction: Direction, moment: datetime) -> None:
    """Draw how the answer differs now: value by value, and what was written since."""
    st.markdown(words.SINCE_THEN)
    with record().snapshot() as snapshot:
        now = trace(snapshot, chosen.lot_codes, direction)
        found = trace_difference(snapshot, then, now, moment)
    if now is None:
        st.warning(DIFFERENCES["gone"])
    draw_difference(found, file_stem(then), zone)


as_known = title_with_moment(words.TITLE, zone)
asked, asked_direction = ask()
focus_on("trace_lot")
chosen = lots_to_trace(asked, as_known)
if chosen is None:
    if not asked:
        st.info(words.SCAN_FIRST)
    else:
        link_button(words.LOTS, LOTS, key="trace_to_lots")
    st.stop()
asked_at = datetime.now(zone)
with record().snapshot(as_of=as_known) as reading:
    answer = trace(
        reading,
        chosen.lot_codes,
        asked_direction,
        open_findings(config().home),
        not_taken=chosen.not_taken,
    )
    around = None if answer is None else whereabouts(reading, answer.lots, answer.shipments)
    if answer is not None:
        name_stops(reading, answer.lots)
if answer is None or around is None:
    missing = literal(together(chosen.lot_codes))
    st.warning((NO_LOT if as_known is None else NO_LOT_THEN).format(code=missing))
    st.stop()
if as_known is not None:
    draw_since(answer, chosen, asked_direction, as_known)
draw(answer, around, asked_direction)
