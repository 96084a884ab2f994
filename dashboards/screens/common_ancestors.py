"""Screen: what bad lots have in common that good ones haven't, and which lot to test next."""

from collections.abc import Sequence

import streamlit as st

from dashboards.reader.signs import number
from dashboards.sessions.connections import config
from dashboards.sessions.current import person
from dashboards.sessions.edition_answers import answer
from dashboards.views.edition_notes import edition_shown
from dashboards.views.lot_list import codes_in
from dashboards.views.suspect_answer import draw_doubts, draw_headline, draw_next
from dashboards.views.suspect_table import draw_suspects
from sql.genealogy.common_ancestors import CommonAncestors, common_ancestors
from sql.warehouse.editions import Edition

OTHERS, NAMED = "others", "named"
AGAINST = {OTHERS: "All similar lots", NAMED: "Good lots I name"}

person()
zone = config().zone


@st.cache_data(max_entries=30, show_spinner="Comparing their histories …")
def compared(
    edition_id: str, bad: tuple[str, ...], good: tuple[str, ...] | None, _read: Edition
) -> CommonAncestors:
    """Compare lots in an edition; asked again, it costs nothing."""
    return common_ancestors(_read, bad, good)


def take_rejected(codes: Sequence[str]) -> None:
    """Put the rejected lots into the field of bad ones."""
    st.session_state["suspects_bad"] = "\n".join(codes)


def ask(read: Edition) -> tuple[list[str], list[str] | None]:
    """Draw the question; return the bad lots, and those to compare with or None for all others."""

    def known(codes: Sequence[str]) -> set[str]:
        return set(answer(read, "lots_by_code", codes=list(codes))["typed"])

    left, right = st.columns(2, gap="medium")
    bad = left.text_area(
        "Bad lots",
        key="suspects_bad",
        height=150,
        placeholder="Scan or paste lot codes, one a line",
    )
    rejected = answer(read, "rejected_lots")["lot_code"].to_list()
    if rejected:
        left.button(
            f"Take the {number(len(rejected))} rejected lots",
            key="suspects_take_rejected",
            on_click=take_rejected,
            args=(rejected,),
            icon=":material/block:",
        )
    against = right.segmented_control(
        "Compare with",
        list(AGAINST),
        default=OTHERS,
        required=True,
        format_func=AGAINST.__getitem__,
        key="suspects_against",
    )
    if against == OTHERS:
        right.caption("Every other lot of the same types and products, made on the same days.")
        return codes_in(bad, known), None
    good = right.text_area(
        "Good lots", key="suspects_good", height=100, placeholder="Tested and good, one a line"
    )
    return codes_in(bad, known), codes_in(good, known)


st.title("Common ancestors")
current = edition_shown(zone)
bad_codes, good_codes = ask(current)
if not bad_codes:
    st.info(
        "Enter the lots that turned out bad. The answer is what their histories share (lots, "
        "runs, suppliers, gates) and which lot to test next.",
        icon=":material/arrow_upward:",
    )
    st.stop()
whole = compared(
    current.about["edition_id"],
    tuple(bad_codes),
    None if good_codes is None else tuple(good_codes),
    current,
)
draw_doubts(whole)
if not whole.bad_codes:
    st.stop()
if not whole.suspects:
    st.info(
        "These lots have no history in common: they have no parents, run, supplier, product "
        "or gate in the record."
    )
    st.stop()
draw_headline(whole)
draw_next(whole.next_lots, zone)
draw_suspects(whole, zone)
