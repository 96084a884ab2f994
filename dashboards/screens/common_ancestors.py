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
from dashboards.words import suspects as words
from sql.genealogy.common_ancestors import CommonAncestors, common_ancestors
from sql.warehouse.editions import Edition

OTHERS, NAMED = "others", "named"
AGAINST = {OTHERS: words.AGAINST_OTHERS, NAMED: words.AGAINST_NAMED}

person()
zone = config().zone


@st.cache_data(max_entries=30, show_spinner=words.COMPARING)
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
        words.BAD_LOTS,
        key="suspects_bad",
        height=150,
        placeholder=words.BAD_LOTS_HELP,
    )
    rejected = answer(read, "rejected_lots")["lot_code"].to_list()
    if rejected:
        left.button(
            words.TAKE_REJECTED.format(count=number(len(rejected))),
            key="suspects_take_rejected",
            on_click=take_rejected,
            args=(rejected,),
            icon=":material/block:",
        )
    against = right.segmented_control(
        words.COMPARE_WITH,
        list(AGAINST),
        default=OTHERS,
        required=True,
        format_func=AGAINST.__getitem__,
        key="suspects_against",
    )
    if against == OTHERS:
        right.caption(words.OTHERS_SAID)
        return codes_in(bad, known), None
    good = right.text_area(
        words.GOOD_LOTS, key="suspects_good", height=100, placeholder=words.GOOD_LOTS_HELP
    )
    return codes_in(bad, known), codes_in(good, known)


st.title(words.TITLE)
current = edition_shown(zone)
bad_codes, good_codes = ask(current)
if not bad_codes:
    st.info(
        words.ENTER_BAD,
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
    st.info(words.NOTHING_IN_COMMON)
    st.stop()
draw_headline(whole)
draw_next(whole.next_lots, zone)
draw_suspects(whole, zone)
