"""Screen: find lots, and open one to see all that the record knows of it."""

from datetime import datetime

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.commands.refusals import BadValue
from dashboards.screens.lot.drawing import draw_lot
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import person
from dashboards.views.as_of import title_with_moment
from dashboards.views.focus import focus_on, look_again
from dashboards.views.links import NEW_LOT, link_button
from dashboards.views.lot_address import keep_list, recall_list
from dashboards.views.lot_filters import lot_filters
from dashboards.views.lots_there import with_there
from dashboards.views.messages import say_problem, show
from dashboards.views.scans import lot_addressed, lot_on_label
from dashboards.views.tables import table
from dashboards.views.voided_lots import say_voided
from dashboards.words import lots as words
from dashboards.words import nouns, plural
from sql.genealogy.labels import read_label, trimmed
from sql.genealogy.lot_choice import lot_meant
from sql.genealogy.lots_at import lots_at
from sql.genealogy.search import find_voided

PAGE_SIZE = 50
COLUMNS = [
    "lot_code",
    "lot_type",
    "disposition",
    "product_code",
    "weight_kg",
    "on_hand_kg",
    "expires_on",
    "is_expired",
    "supplier_name",
    "supplier_lot_code",
    "printed_code",
    "happened_at",
]

viewer = person()
zone = config().zone


def open_selected() -> None:
    """Open the lot of the selected row."""
    chosen = st.session_state["lots_table"]["selection"]["rows"]
    if chosen:
        st.query_params["lot"] = st.session_state["lots_shown"][chosen[0]]


def search() -> None:
    """Start at the first page; a whole code or label that may mean one lot alone opens it."""
    st.session_state["lots_page"] = 1
    try:
        lot_on_label(st.session_state["lots_search"])
    except BadValue as unclear:
        say_problem(unclear, place="lots")
        return
    with record().snapshot() as snapshot:
        meant = lot_meant(snapshot, trimmed(st.session_state["lots_search"]))
        if meant.lot_code is not None:
            st.query_params["lot"] = meant.lot_code
            return
    keep_list()


def open_addressed() -> str | None:
    """Return the code of the lot that the address means; None: it may mean several, or no lot."""
    asked = st.query_params["lot"]
    try:
        meant = lot_addressed(asked)
    except BadValue as unclear:
        st.query_params.pop("lot")
        say_problem(unclear, place="lots")
        return None
    if meant != asked:
        st.query_params["lot"] = meant
    return meant


def first_page() -> None:
    """Start at the first page again, because the filters changed."""
    st.session_state["lots_page"] = 1
    keep_list()


def close() -> None:
    """Go back to the list as it was searched, the cursor in its box."""
    st.query_params.pop("lot", None)
    look_again()


def draw_list(as_of: datetime | None) -> None:
    """Draw the page of lots the filters ask for, as known then or now."""
    show("lots", about=st.session_state.get("lots_search"))
    with record().snapshot(as_of=as_of) as snapshot:
        products = snapshot.all("products_known")
        types = snapshot.all("lot_types_known")
        places = snapshot.all("places_known")
        recall_list(
            [row["product_code"] for row in products],
            [row["lot_type"] for row in types],
            [row["place_code"] for row in places],
        )
        wanted = lot_filters(products, types, places, on_search=search, on_filter=first_page)
        is_narrowed = any(wanted.values())
        at_place = wanted.pop("place_code")
        there = lots_at(snapshot, at_place) if at_place else None
        focus_on("lots_search")
        page = st.session_state.get("lots_page", 1)
        asked = wanted | {"lot_ids": None if there is None else list(there)}
        asked |= {"page_size": PAGE_SIZE, "skipped": (page - 1) * PAGE_SIZE}
        found = snapshot.all("lots_page", **asked)
        typed = trimmed(st.session_state.get("lots_search", ""))
        voided = find_voided(snapshot, read_label(typed)) if typed else []
    say_voided(voided)
    if not found:
        if not voided:
            draw_nothing(is_narrowed)
        return
    total = found[0]["found_count"]
    st.caption(words.NEWEST_FIRST.format(lots=plural(total, nouns.LOT)))
    st.session_state["lots_shown"] = [lot["lot_code"] for lot in found]
    rows, columns = with_there(found, COLUMNS, there)
    table(rows, columns, zone, key="lots_table", select=open_selected, height="content")
    if total > PAGE_SIZE:
        st.pagination(-(-total // PAGE_SIZE), key="lots_page", on_change=keep_list)


def draw_nothing(filtered: bool) -> None:
    """Say why the list is empty and what to do."""
    if filtered:
        st.info(words.NOTHING_MATCHES)
        return
    st.info(words.NO_LOTS)
    if viewer.may(Action.WRITE_LOTS):
        link_button(words.NEW_LOT, NEW_LOT, key="lots_new")


as_known = title_with_moment(words.TITLE, zone)
opened = open_addressed() if "lot" in st.query_params else None
if opened is None:
    draw_list(as_known)
else:
    draw_lot(viewer, opened, as_known, on_close=close)
