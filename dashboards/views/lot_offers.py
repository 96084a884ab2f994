"""What a search found, said and offered: which lots may be meant, which to trace.

Nothing here chooses: a person ticks one lot or several. What was asked is the search box's.
"""

from collections.abc import Collection, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards.reader.signs import number
from dashboards.sessions.connections import config
from dashboards.views.plain import literal
from dashboards.views.tables import table
from dashboards.words import first_of, nouns, plural
from dashboards.words.searches import (
    LABEL_NOTES,
    LABEL_PARTS,
    SEARCH_AGAIN,
    SEARCH_BESIDE,
    SEARCH_BY_KEYS,
    SEARCH_CAPPED,
    SEARCH_FOUND,
    SEARCH_NOTHING,
    SEARCH_OFFER,
    SEARCH_TAKEN,
    SEARCH_TRACE,
    SEARCH_TRACE_ALL,
    SEARCH_TRACE_CHOSEN,
    SEARCH_TRACED_WITH,
)
from sql.genealogy.labels import LabelKind
from sql.genealogy.lot_choice import Meant
from sql.genealogy.search import Found

LOT = "lot"
COLUMNS = [
    "lot_code",
    "matched_by",
    "matched",
    "lot_type",
    "product_code",
    "printed_code",
    "disposition",
    "supplier_name",
    "supplier_lot_code",
    "happened_at",
]


def say_nothing(meant: Meant) -> None:
    """Say that nothing matches, and what to do."""
    st.warning(literal(SEARCH_NOTHING.format(typed=meant.typed)))


def say_found(meant: Meant) -> None:
    """Say which lot is traced for what was typed, and offer those that only contain it."""
    lot, reading = meant.sure, meant.reading
    if lot is None:
        return
    if lot["matched_by"] != "lot_code" or reading.kind is not LabelKind.TEXT:
        by = LABEL_PARTS[lot["matched_by"]]
        st.caption(literal(SEARCH_FOUND.format(lot=lot["lot_code"], by=by)))
    if reading.gtin and reading.lot_codes and lot["is_of_gtin"] is not True:
        st.warning(LABEL_NOTES["other_product"], icon=":material/barcode_scanner:")
    if meant.found.count > 1:
        beside = plural(meant.found.count - 1, nouns.MORE_LOT)
        with st.expander(SEARCH_BESIDE.format(count=beside, typed=literal(meant.typed))):
            _say_capped(meant.found)
            _draw([meant], "beside", ())


def say_taken(meant: Sequence[Meant], chosen: Collection[str]) -> None:
    """Say of how many lots the traced ones were chosen, and offer to choose again."""
    for one in meant:
        if not one.found.lots:
            say_nothing(one)
            continue
        beside = {lot["lot_code"] for lot in one.found.beside} & set(chosen)
        taken = one.found.taken_count + len(beside)
        count = number(max(one.found.meant_count, taken))
        said = SEARCH_TAKEN.format(taken=number(taken), count=count, typed=one.typed)
        st.caption(literal(said))
    st.button(SEARCH_AGAIN, key="search_again", on_click=_forget)


def offer(unsure: Sequence[Meant], sure: Sequence[str]) -> None:
    """Draw the lots that may be meant, to tick one or several; those surely meant go with them."""
    for one in unsure:
        count = plural(one.found.meant_count, nouns.LOT)
        st.text(SEARCH_OFFER.format(typed=one.typed, count=count))
        _say_capped(one.found)
    if sure:
        st.caption(literal(SEARCH_TRACED_WITH.format(lots=", ".join(sure))))
    st.caption(SEARCH_BY_KEYS)
    beside = _draw(unsure, "matches", sure)
    everything = list(dict.fromkeys(code for one in unsure for code in one.codes))
    if all(one.found.meant_count == len(one.codes) for one in unsure) and len(everything) > 1:
        label = SEARCH_TRACE_ALL.format(count=number(len(everything)))
        beside.button(label, key="search_all", on_click=_take, args=([*sure, *everything],))


def _say_capped(found: Found) -> None:
    """Say how many of the lots are not listed."""
    if found.count > len(found.lots):
        st.warning(SEARCH_CAPPED.format(first=first_of(len(found.lots), found.count)))


def _draw(meant: Sequence[Meant], key: str, sure: Sequence[str]) -> DeltaGenerator:
    """Draw what was found, to tick, and the button that traces what is ticked and what is sure.

    Return the row of buttons, which another may join.
    """
    lots = [lot for one in meant for lot in one.found.lots]
    asked = {lot["lot_code"]: one.typed for one in reversed(meant) for lot in one.found.lots}
    rows = [
        {**lot, "asked": asked[lot["lot_code"]], "matched_by": LABEL_PARTS[lot["matched_by"]]}
        for lot in {lot["lot_code"]: lot for lot in lots}.values()
    ]
    columns = [*COLUMNS, *(["asked"] if len(meant) > 1 else [])]
    drawn = table(rows, columns, config().zone, key=f"search_{key}", select="rerun", several=True)
    ticked = [rows[at]["lot_code"] for at in drawn.selection.rows if at < len(rows)]
    buttons = st.container(horizontal=True)
    buttons.button(
        SEARCH_TRACE.format(lots=plural(len(ticked), nouns.CHOSEN_LOT))
        if ticked
        else SEARCH_TRACE_CHOSEN,
        key=f"search_trace_{key}",
        type="primary",
        disabled=not ticked,
        on_click=_take,
        args=([*sure, *ticked],),
    )
    return buttons


def _take(codes: Sequence[str]) -> None:
    """Put the chosen lots into the address, which the next run traces."""
    st.query_params[LOT] = list(dict.fromkeys(codes))


def _forget() -> None:
    """Choose again among what was found."""
    st.query_params.pop(LOT, None)
