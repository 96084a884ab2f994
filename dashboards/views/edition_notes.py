"""What a board says about the edition it reads: its time, and whether its closure is whole."""

from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.reader.signs import number
from dashboards.sessions.connections import edition as current_edition
from dashboards.sessions.edition_answers import answer
from dashboards.views.tables import local
from dashboards.words import NO_EDITION
from dashboards.words import data_quality as words
from sql.errors import NoEdition
from sql.warehouse.editions import Edition


def edition_shown(zone: ZoneInfo) -> Edition:
    """Return the edition a board reads, and say of which moment it is.

    Where nothing was published yet, say how to get one, and end the run.
    """
    try:
        edition = current_edition()
    except NoEdition:
        st.info(NO_EDITION)
        st.stop()
    st.caption(
        words.EDITION.format(
            built_at=local(edition.about["built_at"], zone),
            record_as_of=local(edition.about["record_as_of"], zone),
        )
    )
    return edition


def draw_partial(edition: Edition) -> bool:
    """Warn where the closure lacks lots, on boards that need every pair; tell whether it does."""
    left_out = answer(edition, "closure_noted")["left_out_count"][0]
    if left_out:
        st.error(
            words.PARTIAL.format(count=number(left_out)),
            icon=":material/data_alert:",
        )
    return bool(left_out)
