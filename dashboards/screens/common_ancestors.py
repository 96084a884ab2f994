"""Screen: what bad lots have in common that good ones haven't, and which lot to test next."""

from collections.abc import Sequence

import streamlit as st

from dashboards.sessions.connections import config
from dashboards.sessions.current import person
from dashboards.views import suspects
from dashboards.views.downloads import csv_button
from dashboards.views.edition_notes import edition_shown
from dashboards.views.links import TRACE, link_button
from dashboards.views.lot_list import codes_in
from dashboards.views.plain import literal
from dashboards.views.tables import chosen_rows, table
from sql.genealogy.common_ancestors import CommonAncestors, NextLot, common_ancestors
from sql.warehouse.editions import Edition

OTHERS, NAMED = "others", "named"
AGAINST = {OTHERS: "All others alike", NAMED: "Good lots I name"}
ORDERS = {
    "evidence": ("Evidence", None),
    "lift": ("Lift", lambda one: (-one.lift, one.p)),
    "bad": ("Bad lots that have it", lambda one: (-one.bad_with_count, one.p)),
}
ROWS_SHOWN = 200
NAMES_SHOWN = 12

person()
zone = config().zone


@st.cache_data(max_entries=30, show_spinner="Comparing their histories …")
def answer(
    edition_id: str, bad: tuple[str, ...], good: tuple[str, ...] | None, _read: Edition
) -> CommonAncestors:
    """Give the answer of an edition; asked again, it costs nothing."""
    return common_ancestors(_read, bad, good)


def take_rejected(codes: Sequence[str]) -> None:
    """Put the lots that stand rejected into the field."""
    st.session_state["suspects_bad"] = "\n".join(codes)


def ask(read: Edition) -> tuple[list[str], list[str] | None]:
    """Draw the question, and give the bad lots and those to compare with; None: all others."""

    def known(codes: Sequence[str]) -> set[str]:
        return set(read.named("lots_by_code", codes=list(codes))["typed"])

    left, right = st.columns(2, gap="medium")
    bad = left.text_area(
        "Bad lots",
        key="suspects_bad",
        height=150,
        placeholder="Scan or paste lot codes, one a line",
    )
    rejected = read.named("rejected_lots")["lot_code"].to_list()
    if rejected:
        left.button(
            f"Take the {len(rejected):,} rejected lots",
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


def name(codes: Sequence[str]) -> str:
    """Name the first of some lots, and say how many more there are."""
    more = len(codes) - NAMES_SHOWN
    first = ", ".join(codes[:NAMES_SHOWN])
    return literal(first + (f" and {more:,} more" if more > 0 else ""))


def counted(of: Sequence[str], what: str) -> str:
    """Say how many there are."""
    return f"{len(of):,} {what}{'' if len(of) == 1 else 's'}"


def draw_doubts(found: CommonAncestors) -> None:
    """Say what of the question could not be answered."""
    if found.unknown_codes:
        st.warning(
            f"Not in this edition, so not counted: {name(found.unknown_codes)}. Check the "
            "code; what was entered since comes with the next run."
        )
    if found.in_both_codes:
        st.warning(f"Named as bad and as good, counted as bad: {name(found.in_both_codes)}.")
    if found.left_out_codes:
        st.error(
            f"The closure of this edition is partial: the ancestors of "
            f"{len(found.left_out_codes):,} of these lots are not in this answer: "
            f"{name(found.left_out_codes)}. Trace shows them whole."
        )


def draw_headline(found: CommonAncestors) -> None:
    """Say what the answer comes to."""
    standing = sum(one.stands_out for one in found.suspects)
    bad, others = counted(found.bad_codes, "bad lot"), counted(found.good_codes, "other")
    compared = f"{bad} beside {others}. "
    if not found.good_codes:
        st.info(
            f"{bad}, and nothing to compare with. What most bad lots share stands first. Name "
            "good lots to see what stands out."
        )
    elif standing:
        first = found.suspects[0]
        st.error(
            f"**{literal(suspects.suspect_words(first))}**: {first.bad_with_count:,} of "
            f"{len(found.bad_codes):,} bad lots have it, and {first.good_with_count:,} of "
            f"{len(found.good_codes):,} others. By chance: "
            f"{suspects.chance_words(first.corrected_p)}, all {found.tests_count:,} comparisons "
            "considered.",
            icon=":material/target:",
        )
        if len(first.traits) > 1:
            alike = [suspects.trait_words(one) for one in first.traits[1:]]
            st.caption(f"These lots can't tell it from what goes with it: {name(alike)}.")
        stand = "1 suspect stands" if standing == 1 else f"{standing:,} suspects stand"
        st.caption(f"{compared}{stand} out.")
    else:
        st.info(
            f"{compared}Nothing stands out: what these lots share, others have about as often. "
            "Name lots that were tested and are good, or test the lot below."
        )


def draw_next(lots: Sequence[NextLot]) -> None:
    """Draw which lot to test next, and why."""
    if not lots:
        st.caption("No test of another lot would tell more about these suspects.")
        return
    best, *more = lots
    with st.container(border=True):
        st.markdown(f"##### Test next: {literal(best.lot_code)}")
        here = (
            "weight unknown"
            if best.on_hand_kg is None
            else f"{best.on_hand_kg:,.1f} kg here"
            if best.on_hand_kg
            else "nothing left of it, a kept sample will do"
        )
        held = ", ".join(f"{at + 1}" for at in best.suspects[:NAMES_SHOWN])
        st.text(
            f"{here}. It carries {best.weight:.0%} of the suspicion (suspects {held}"
            f"{' …' if len(best.suspects) > NAMES_SHOWN else ''}), so its result tells most."
        )
        with st.container(horizontal=True):
            link_button("Trace it", TRACE, best.lot_code, key="suspects_trace_next")
            if more:
                with st.popover("Or one of these"):
                    table(
                        [vars(one) for one in more],
                        ["lot_code", "lot_type", "on_hand_kg", "weight", "bits"],
                        zone,
                        key="suspects_more_next",
                    )


def draw_suspects(found: CommonAncestors) -> None:
    """Draw the suspects: a picture of the first, then every one, and all of the one chosen."""
    by = st.segmented_control(
        "First",
        list(ORDERS),
        default="evidence",
        required=True,
        format_func=lambda key: ORDERS[key][0],
        key="suspects_order",
    )
    order = list(range(len(found.suspects)))
    if ORDERS[by][1]:
        order.sort(key=lambda at: ORDERS[by][1](found.suspects[at]))
    if found.good_codes:
        st.altair_chart(suspects.chart(found, order), width="stretch")
    shown = order[:ROWS_SHOWN]
    if len(shown) < len(order):
        st.caption(f"The first {len(shown):,} of {len(order):,}; the file holds every one.")
    st.caption("Choose a row to see all that goes with a suspect.")
    chosen = table(
        suspects.rows(found, shown), suspects.COLUMNS, zone, key="suspects_table", select="rerun"
    )
    csv_button(
        "Suspects as CSV",
        suspects.file_rows(found),
        suspects.FILE_COLUMNS,
        file_name="common-ancestors.csv",
        key="suspects_csv",
    )
    for row in chosen_rows(chosen, len(shown)):
        draw_one(found, shown[row])


def draw_one(found: CommonAncestors, at: int) -> None:
    """Draw everything that one suspect is; its lots lead to their traces."""
    suspect = found.suspects[at]
    st.markdown(f"##### Suspect {at + 1}: the same lots have all of this")
    table(
        [{"suspect": suspects.trait_words(one), "steps": one.steps} for one in suspect.traits],
        ["suspect", "steps"],
        zone,
        key="suspects_traits",
    )
    lots = [one.code for one in suspect.traits if one.kind == "lot"]
    if lots:
        chosen = st.selectbox("Lot", lots, key="suspects_lot")
        link_button("Trace it", TRACE, chosen, key="suspects_trace")


st.title("Common ancestors")
current = edition_shown(zone)
bad_codes, good_codes = ask(current)
if not bad_codes:
    st.info(
        "Give the lots that turned out bad: the answer is what their histories share, lots, "
        "runs, suppliers and gates, and which lot to test next.",
        icon=":material/arrow_upward:",
    )
    st.stop()
whole = answer(
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
draw_next(whole.next_lots)
draw_suspects(whole)
