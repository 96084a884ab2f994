"""What is said of lots that were voided where somebody looks for one: which, when, by whom, why."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.sessions.connections import config
from dashboards.views.links import LOTS, link_button
from dashboards.views.plain import literal
from dashboards.views.tables import local
from dashboards.words import plural
from dashboards.words.nouns import MORE_VOIDED_LOT
from dashboards.words.renames import OPEN_RENAMED, gone_words
from dashboards.words.searches import SEARCH_MORE_VOIDED


def voided_said(lot: Mapping[str, Any]) -> str:
    """Say who voided a lot, or renamed it to what, when and why."""
    return gone_words(lot, local(lot["voided_at"], config().zone))


def say_voided(lots: Sequence[Mapping[str, Any]], typed: str = "") -> None:
    """Say of voided lots that match a search that they do, and how many more do.

    What one is called since is a button.

    Args:
        lots: As `find_voided` returns them.
        typed: What was typed, where several things were: each has buttons of its own.
    """
    for lot in lots:
        draw_voided(lot, typed)
    more = lots[0]["found_count"] - len(lots) if lots else 0
    if more > 0:
        st.caption(SEARCH_MORE_VOIDED.format(count=plural(more, MORE_VOIDED_LOT)))


def draw_voided(lot: Mapping[str, Any], typed: str = "") -> None:
    """Say why no lot stands under a code; one that is called otherwise since can be opened."""
    st.warning(literal(voided_said(lot)), icon=":material/block:")
    if lot["renamed_to"] is not None:
        label = literal(OPEN_RENAMED.format(code=lot["renamed_to"]))
        link_button(label, LOTS, lot["renamed_to"], key=f"renamed_{typed}_{lot['lot_code']}")
