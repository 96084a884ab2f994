"""What a comparison of bad lots comes to: doubts, the first suspect, and which lot to test next."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.reader.parts import percent
from dashboards.reader.signs import number
from dashboards.views import suspects
from dashboards.views.links import TRACE, link_button
from dashboards.views.plain import literal
from dashboards.views.tables import table
from dashboards.words import amount, plural
from dashboards.words import suspects as words
from dashboards.words.nouns import BAD_LOT, COMPARISON, OTHER, SUSPECT
from sql.amounts import Amount
from sql.genealogy.common_ancestors import CommonAncestors
from sql.genealogy.next_lots import NextLot

NAMES_SHOWN = 12
NEXT_COLUMNS = ["lot_code", "lot_type", "on_hand_kg", "weight", "bits"]


def names(codes: Sequence[str]) -> str:
    """Name the first of some lots, and say how many more there are."""
    more = len(codes) - NAMES_SHOWN
    first = ", ".join(codes[:NAMES_SHOWN])
    return literal(first + (words.AND_MORE.format(count=number(more)) if more > 0 else ""))


def draw_doubts(found: CommonAncestors) -> None:
    """Say what of the question could not be answered."""
    if found.unknown_codes:
        st.warning(words.NOT_IN_EDITION.format(lots=names(found.unknown_codes)))
    if found.in_both_codes:
        st.warning(words.IN_BOTH.format(lots=names(found.in_both_codes)))
    if found.left_out_codes:
        st.error(
            words.LEFT_OUT.format(
                count=number(len(found.left_out_codes)), lots=names(found.left_out_codes)
            )
        )


def draw_headline(found: CommonAncestors) -> None:
    """Say what the answer comes to: the first suspect that stands out, or that none does."""
    standing = sum(one.stands_out for one in found.suspects)
    bad = plural(len(found.bad_codes), BAD_LOT)
    beside = words.COMPARED.format(bad=bad, others=plural(len(found.good_codes), OTHER))
    if not found.good_codes:
        st.info(words.NOTHING_TO_COMPARE.format(bad=bad))
    elif standing:
        _draw_first(found)
        stand = words.STAND_OUT.format(
            suspects=plural(standing, SUSPECT), stand=words.STANDS if standing == 1 else words.STAND
        )
        st.caption(f"{beside} {stand}")
    else:
        st.info(words.NONE_STANDS_OUT.format(compared=beside))


def _draw_first(found: CommonAncestors) -> None:
    """Say what the first suspect is, how many lots have it, and how likely chance alone is."""
    first = found.suspects[0]
    st.error(
        words.FIRST_SUSPECT.format(
            suspect=literal(suspects.suspect_words(first)),
            bad_with=number(first.bad_with_count),
            bad=number(len(found.bad_codes)),
            good_with=number(first.good_with_count),
            good=number(len(found.good_codes)),
            comparisons=plural(found.tests_count, COMPARISON),
            chance=suspects.chance_words(first.corrected_p),
        ),
        icon=":material/target:",
    )
    if len(first.traits) > 1:
        alike = [suspects.trait_words(one) for one in first.traits[1:]]
        st.caption(words.SHARED_TOO.format(names=names(alike)))


def draw_next(lots: Sequence[NextLot], zone: ZoneInfo) -> None:
    """Draw which lot to test next, why, and which others would tell nearly as much."""
    if not lots:
        st.caption(words.NO_TEST_TELLS)
        return
    best, *more = lots
    with st.container(border=True):
        st.markdown(words.TEST_NEXT.format(lot=literal(best.lot_code)))
        st.text(next_words(best))
        with st.container(horizontal=True):
            link_button(words.TRACE_IT, TRACE, best.lot_code, key="suspects_trace_next")
            if more:
                with st.popover(words.OR_THESE):
                    table([vars(one) for one in more], NEXT_COLUMNS, zone, key="suspects_more_next")


def next_words(lot: NextLot) -> str:
    """Say how much of a lot is left to test, and why its result would tell the most."""
    left = Amount.of(vars(lot), "on_hand")
    here = words.HERE_UNKNOWN
    if left.most_kg is not None:
        here = words.HERE.format(amount=_capital(amount(left)))
        here = here if left.most_kg else words.NOTHING_LEFT
    shown = ", ".join(f"{at + 1}" for at in lot.suspects[:NAMES_SHOWN])
    more = " …" if len(lot.suspects) > NAMES_SHOWN else ""
    whose = words.SUSPECT if len(lot.suspects) == 1 else words.SUSPECTS
    return words.WHY_NEXT.format(
        here=here, suspects=whose, numbers=shown, more=more, weight=percent(lot.weight, 0)
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
