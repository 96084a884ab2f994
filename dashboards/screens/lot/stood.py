"""Where the open lot stands, and where it stood at a moment that somebody asks for."""

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from dashboards.commands.refusals import BadValue
from dashboards.sessions.connections import config, record
from dashboards.views.as_of import long_form
from dashboards.views.floor_time import floor_time_fields, floor_time_typed
from dashboards.views.plain import literal
from dashboards.words import places as words
from sql.amounts import Amount
from sql.errors import MomentAhead
from sql.genealogy.flows import At
from sql.genealogy.standing_places import Counts, lot_stood

FORM = "stood"


def draw_stood(
    code: str,
    stands: Mapping[At, Amount],
    counts: Counts | None,
    as_of: datetime | None,
) -> None:
    """Say where a lot stands, as known then or now; offer where it stood at another moment.

    Nothing is drawn where nobody ever said where it is.
    """
    if not any(place is not None for place in stands):
        return
    st.text(words.stands_words(stands, counts))
    with st.expander(words.STOOD_TITLE):
        st.caption(words.STOOD_SAID)
        floor_time_fields(FORM)
        try:
            at = floor_time_typed(FORM, config().zone)
            if at is not None:
                st.text(_said(code, at, as_of))
        except (BadValue, MomentAhead) as wrong:
            st.warning(literal(str(wrong)))


def _said(code: str, at: datetime, as_of: datetime | None) -> str:
    """Say where it stood then."""
    zone = config().zone
    with record().snapshot(as_of=as_of) as snapshot:
        found = lot_stood(snapshot, code, at=at)
    if found is None:
        return ""
    if found.places is None:
        made = long_form(found.lot["happened_at"], zone)
        return words.NOT_YET.format(lot=code, made=made)
    return words.stood_words(found.places, found.counts, long_form(at, zone))
