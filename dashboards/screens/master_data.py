"""Screen: products, partners, runs and places, what was changed of them, when and why."""

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.commands.master_kinds import KINDS, Master
from dashboards.screens.masters.drawing import draw_change, draw_history, draw_new
from dashboards.screens.masters.places import draw_places
from dashboards.screens.masters.saving import PLACE
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import person
from dashboards.views.master_rows import COLUMNS, called, in_words
from dashboards.views.messages import show
from dashboards.views.tables import chosen_rows, table
from dashboards.words.masters import (
    MASTER_CAPPED,
    MASTER_CHOOSE,
    MASTER_CHOOSE_TO_CHANGE,
    MASTER_NO_MATCH,
    MASTER_NONE,
    MASTER_PLACEHOLDER,
    MASTER_READS,
    MASTER_SEARCH,
    MASTER_TABS,
    MASTER_TITLE,
)
from sql.record.transactions import Row

MOST = 500
TABLE, LISTED = "master_table", "master_listed"

keeper = person()
may_change = keeper.may(Action.CORRECT)


def choose_selected() -> None:
    """Choose the row that was ticked in the table."""
    listed = st.session_state[LISTED]
    for at in chosen_rows(st.session_state[TABLE], len(listed)):
        st.session_state[f"master_row_{st.session_state['master_kind']}"] = listed[at]


def draw_list(master: Master, rows: list[Row], search: str) -> Row | None:
    """Draw the rows that match, and return the one that was chosen."""
    if not rows:
        st.info(MASTER_NO_MATCH if search else MASTER_NONE)
        return None
    if rows[0]["found_count"] > len(rows):
        st.caption(MASTER_CAPPED.format(shown=len(rows), found=rows[0]["found_count"]))
    by_code = {row[KINDS[master].code]: row for row in rows}
    st.session_state[LISTED] = list(by_code)
    table(in_words(rows), COLUMNS[master], config().zone, key=TABLE, select=choose_selected)
    chosen = st.selectbox(
        MASTER_CHOOSE_TO_CHANGE if may_change else MASTER_CHOOSE,
        list(by_code),
        index=None,
        key=f"master_row_{master}",
        placeholder=MASTER_PLACEHOLDER,
        format_func=lambda code: called(by_code[code], KINDS[master].code),
    )
    return None if chosen is None else by_code[chosen]


st.title(MASTER_TITLE)
kind = st.session_state.get("master_kind")
show(PLACE, about=(kind, st.session_state.get(f"master_row_{kind}")))
if not may_change:
    st.caption(MASTER_READS)
which, find = st.columns([2, 3], vertical_alignment="bottom")
picked = which.segmented_control(
    MASTER_TITLE,
    list(Master),
    default=Master.PRODUCT,
    required=True,
    key="master_kind",
    format_func=MASTER_TABS.__getitem__,
    label_visibility="collapsed",
)
master = Master(picked or Master.PRODUCT)
typed = find.text_input(
    MASTER_SEARCH, key="master_search", placeholder=MASTER_SEARCH, label_visibility="collapsed"
).strip()
with record().snapshot() as reading:
    rows = reading.all(f"{master}_listed", search=typed or None, most=MOST)
    places = reading.all("places_known")
if may_change:
    draw_new(master)
with st.container():
    row = draw_list(master, rows, typed)
with st.container():
    if row is not None:
        if may_change:
            draw_change(master, row)
        with record().snapshot() as reading:
            versions = reading.all(f"history_of_{master}", id=row["id"])
        draw_history(master, row, versions)
draw_places(places, may_add=may_change)
