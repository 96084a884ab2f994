"""What is said of lots that were voided where somebody looks for one: which, when, by whom, why."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.sessions.connections import config
from dashboards.views.plain import literal
from dashboards.views.tables import local
from dashboards.words import LOT_VOIDED, plural
from dashboards.words.searches import SEARCH_MORE_VOIDED


def voided_said(lot: Mapping[str, Any]) -> str:
    """Say who voided a lot, when and why."""
    return LOT_VOIDED.format(**{**lot, "when": local(lot["voided_at"], config().zone)})


def say_voided(lots: Sequence[Mapping[str, Any]]) -> None:
    """Say of voided lots that match a search that they do, and how many more do."""
    for lot in lots:
        st.warning(literal(voided_said(lot)), icon=":material/block:")
    more = lots[0]["found_count"] - len(lots) if lots else 0
    if more > 0:
        st.caption(SEARCH_MORE_VOIDED.format(count=plural(more, "more voided lot")))
