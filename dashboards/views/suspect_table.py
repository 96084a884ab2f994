"""The suspects of a comparison: a picture of the first, then every one, and all of the chosen."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.views import suspects
from dashboards.views.chart_shown import show_chart
from dashboards.views.downloads import csv_button
from dashboards.views.links import TRACE, link_button
from dashboards.views.parts import part_for
from dashboards.views.suspect_chart import chart
from dashboards.views.tables import chosen_rows, table
from dashboards.words import first_of
from dashboards.words import suspects as words
from sql.genealogy.common_ancestors import CommonAncestors
from sql.genealogy.suspects import Suspect

ROWS_SHOWN = 200
Order = Callable[[Suspect], tuple[float, float]] | None
ORDERS: dict[str, tuple[str, Order]] = {
    "evidence": (words.BY_EVIDENCE, None),
    "lift": (words.BY_LIFT, lambda one: (-one.lift, one.p)),
    "bad": (words.BY_BAD, lambda one: (-one.bad_with_count, one.p)),
}


@part_for(Action.READ)
def draw_suspects(found: CommonAncestors, zone: ZoneInfo) -> None:
    """Draw the suspects: a picture of the first, then every one, and all of the one chosen."""
    by = st.segmented_control(
        words.SORT_BY,
        list(ORDERS),
        default="evidence",
        required=True,
        format_func=lambda key: ORDERS[key][0],
        key="suspects_order",
    )
    order = list(range(len(found.suspects)))
    by_key = ORDERS[by][1]
    if by_key:
        order.sort(key=lambda at: by_key(found.suspects[at]))
    if found.good_codes:
        show_chart(chart(found, order))
    shown = order[:ROWS_SHOWN]
    if len(shown) < len(order):
        st.caption(words.FILE_HOLDS_ALL.format(first=first_of(len(shown), len(order))))
    st.caption(words.CHOOSE_ROW)
    chosen = table(
        suspects.rows(found, shown), suspects.COLUMNS, zone, key="suspects_table", select="rerun"
    )
    csv_button(
        words.SUSPECTS_CSV,
        suspects.file_rows(found),
        suspects.FILE_COLUMNS,
        file_name="common-ancestors.csv",
        key="suspects_csv",
    )
    for row in chosen_rows(chosen, len(shown)):
        _draw_one(found, shown[row], zone)


def _draw_one(found: CommonAncestors, at: int, zone: ZoneInfo) -> None:
    """Draw everything that one suspect is; its lots lead to their traces."""
    suspect = found.suspects[at]
    st.markdown(words.SUSPECT_TITLE.format(number=at + 1))
    table(
        [{"suspect": suspects.trait_words(one), "steps": one.steps} for one in suspect.traits],
        ["suspect", "steps"],
        zone,
        key="suspects_traits",
    )
    lots = [one.code for one in suspect.traits if one.kind == "lot"]
    if lots:
        chosen = st.selectbox(words.LOT, lots, key="suspects_lot")
        link_button(words.TRACE_IT, TRACE, chosen, key="suspects_trace")
