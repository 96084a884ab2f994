"""The search box: what was asked for, in the address, and the lots that are traced for it.

Which lots may be meant is for `sql.genealogy.lot_choice` to say, and which of them are traced for a
person: where several may be meant they are offered (`dashboards.views.lot_offers`).
"""

import re
from dataclasses import dataclass
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards.sessions.connections import record
from dashboards.views.label_reading import say_reading
from dashboards.views.lot_offers import LOT, offer, say_found, say_nothing, say_taken
from dashboards.views.voided_lots import say_voided
from dashboards.words.searches import (
    SEARCH_FIND_LIST,
    SEARCH_LABEL,
    SEARCH_LIST,
    SEARCH_PLACEHOLDER,
    SEARCH_SEVERAL,
)
from sql.genealogy.gaps import NOTHING_OFFERED, NotTaken
from sql.genealogy.labels import trimmed
from sql.genealogy.lot_choice import lots_meant, not_found, not_taken

FIND = "find"
_BETWEEN = re.compile(r"[\n\t;]")


@dataclass(frozen=True)
class Chosen:
    """The lots to trace.

    Attributes:
        lot_codes: Their codes; one that nothing matched stands as it was typed.
        not_taken: What was offered beside them and not chosen.
    """

    lot_codes: list[str]
    not_taken: NotTaken = NOTHING_OFFERED


def search_box(place: DeltaGenerator, beside: DeltaGenerator) -> list[str]:
    """Draw the box and, elsewhere, the list for several lots; return what is looked for."""
    found = _in_address(FIND)
    shown = found or _in_address(LOT)
    if len(shown) == 1:
        st.session_state["trace_lot"] = shown[0]
    place.text_input(
        SEARCH_LABEL,
        key="trace_lot",
        on_change=_find_typed,
        placeholder=SEARCH_PLACEHOLDER,
    )
    with beside.popover(SEARCH_SEVERAL, icon=":material/playlist_add:", key="trace_several"):
        st.text_area(SEARCH_LIST, key="trace_list", height=150)
        st.button(SEARCH_FIND_LIST, key="trace_find_list", on_click=_find_list)
    return found


def lots_to_trace(looked_for: list[str], as_of: datetime | None) -> Chosen | None:
    """Return the lots that somebody chose, or that are surely meant; else draw the choice.

    Args:
        looked_for: What was typed, scanned or pasted; empty where an address names lots.
        as_of: The moment asked about; None: now.
    """
    chosen = _in_address(LOT)
    with record().snapshot(as_of=as_of) as snapshot:
        if not looked_for:
            if any(snapshot.value("lot_id_by_code", lot_code=code) for code in chosen):
                return Chosen(chosen)
            # Somebody else's link may name something else that finds a lot.
            looked_for, chosen = chosen, []
        meant = lots_meant(snapshot, looked_for, taken=chosen)
    if chosen:
        say_taken(meant, chosen)
        return Chosen([*chosen, *not_found(meant)], not_taken(meant, chosen))
    for one in meant:
        say_reading(one.reading)
    unsure = [one for one in meant if one.lot_code is None and one.found.lots]
    for one in meant:
        say_voided(one.voided, one.typed)
        if not one.found.lots and not one.voided:
            say_nothing(one)
    sure = [one.lot_code for one in meant if one.lot_code is not None]
    if unsure:
        offer(unsure, sure)
        return None
    if not sure:
        return None
    for one in meant:
        if one.lot_code is not None:
            say_found(one)
    return Chosen([one.lot_code or one.typed for one in meant])


def _in_address(name: str) -> list[str]:
    """Return the texts that the address holds under a name, as a record can be asked for them."""
    texts = (trimmed(text.replace("\0", "")) for text in st.query_params.get_all(name))
    return [text for text in texts if text]


def _find_typed() -> None:
    """Look for what was typed; what was chosen before belonged to another question."""
    look_for([st.session_state["trace_lot"]])


def _find_list() -> None:
    """Look for each line of the list."""
    look_for(_BETWEEN.split(st.session_state["trace_list"]))


def look_for(typed: list[str]) -> None:
    """Keep what is looked for in the address, so that the page can be bookmarked and sent."""
    asked = [one for one in map(trimmed, typed) if one]
    st.query_params.pop(LOT, None)
    if asked:
        st.query_params[FIND] = asked
    else:
        st.query_params.pop(FIND, None)
