"""What a comparison of bad lots comes to: doubts, the first suspect, and which lot to test next."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.reader.signs import number
from dashboards.views import suspects
from dashboards.views.links import TRACE, link_button
from dashboards.views.plain import literal
from dashboards.views.tables import table
from dashboards.words import amount, plural
from sql.amounts import Amount
from sql.genealogy.common_ancestors import CommonAncestors
from sql.genealogy.next_lots import NextLot

NAMES_SHOWN = 12
NEXT_COLUMNS = ["lot_code", "lot_type", "on_hand_kg", "weight", "bits"]


def names(codes: Sequence[str]) -> str:
    """Name the first of some lots, and say how many more there are."""
    more = len(codes) - NAMES_SHOWN
    first = ", ".join(codes[:NAMES_SHOWN])
    return literal(first + (f" and {number(more)} more" if more > 0 else ""))


def draw_doubts(found: CommonAncestors) -> None:
    """Say what of the question could not be answered."""
    if found.unknown_codes:
        st.warning(
            f"Not in this edition, so not counted: {names(found.unknown_codes)}. Check the "
            "codes; newer lots come with the next run."
        )
    if found.in_both_codes:
        st.warning(f"Named as bad and as good, counted as bad: {names(found.in_both_codes)}.")
    if found.left_out_codes:
        st.error(
            f"The closure of this edition is partial: the ancestors of "
            f"{number(len(found.left_out_codes))} of these lots are not in this answer: "
            f"{names(found.left_out_codes)}. Trace shows them whole."
        )


def draw_headline(found: CommonAncestors) -> None:
    """Say what the answer comes to: the first suspect that stands out, or that none does."""
    standing = sum(one.stands_out for one in found.suspects)
    bad = plural(len(found.bad_codes), "bad lot")
    beside = f"{bad} compared with {plural(len(found.good_codes), 'other')}."
    if not found.good_codes:
        st.info(
            f"{bad}, and nothing to compare with. What most bad lots share comes first. Name "
            "good lots to see what stands out."
        )
    elif standing:
        _draw_first(found)
        stand = f"{plural(standing, 'suspect')} {'stands' if standing == 1 else 'stand'} out."
        st.caption(f"{beside} {stand}")
    else:
        st.info(
            f"{beside} Nothing stands out: what these lots share, others have about as often. "
            "Name lots that were tested and are good, or test the lot below."
        )


def _draw_first(found: CommonAncestors) -> None:
    """Say what the first suspect is, how many lots have it, and how likely chance alone is."""
    first = found.suspects[0]
    st.error(
        f"**{literal(suspects.suspect_words(first))}**: {number(first.bad_with_count)} of "
        f"{number(len(found.bad_codes))} bad lots have it, and {number(first.good_with_count)} of "
        f"{number(len(found.good_codes))} others. Probability by chance, corrected for "
        f"{plural(found.tests_count, 'comparison')}: {suspects.chance_words(first.corrected_p)}.",
        icon=":material/target:",
    )
    if len(first.traits) > 1:
        alike = [suspects.trait_words(one) for one in first.traits[1:]]
        st.caption(f"The same lots share this, so they can't tell it apart: {names(alike)}.")


def draw_next(lots: Sequence[NextLot], zone: ZoneInfo) -> None:
    """Draw which lot to test next, why, and which others would tell nearly as much."""
    if not lots:
        st.caption("No test of another lot would tell more about these suspects.")
        return
    best, *more = lots
    with st.container(border=True):
        st.markdown(f"## Test next: {literal(best.lot_code)}")
        st.text(next_words(best))
        with st.container(horizontal=True):
            link_button("Trace it", TRACE, best.lot_code, key="suspects_trace_next")
            if more:
                with st.popover("Or one of these"):
                    table([vars(one) for one in more], NEXT_COLUMNS, zone, key="suspects_more_next")


def next_words(lot: NextLot) -> str:
    """Say how much of a lot is left to test, and why its result would tell the most."""
    left = Amount.of(vars(lot), "on_hand")
    here = "How much of it is here is unknown"
    if left.most_kg is not None:
        here = f"{_capital(amount(left))} of it are here"
        here = here if left.most_kg else "Nothing is left of it; test a kept sample"
    shown = ", ".join(f"{at + 1}" for at in lot.suspects[:NAMES_SHOWN])
    more = " …" if len(lot.suspects) > NAMES_SHOWN else ""
    whose = "suspect" if len(lot.suspects) == 1 else "suspects"
    return (
        f"{here}. It has {whose} {shown}{more}, {number(lot.weight, '.0%')} of all suspicion: "
        "no other test would tell more."
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
