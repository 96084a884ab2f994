"""The choice of a decision: PASS, HOLD or FAIL, or what the plant calls one of them."""

from collections.abc import Mapping

import streamlit as st

from dashboards.views.plain import literal
from dashboards.views.states import decision_words
from dashboards.words import DECISIONS
from dashboards.words.deciding import DECISION
from sql.record.transactions import Row
from sql.vocabulary import Decision


def choose_decision(key: str, words: Mapping[str, Row]) -> str | None:
    """Draw the choice; return which of the three is chosen, also by a word that counts as it.

    Args:
        key: Where the chosen word is kept.
        words: The plant's own words, each with its name and what it counts as.
    """

    def shown(word: str) -> str:
        own = words.get(word)
        counts_as = word if own is None else own["counts_as"]
        said = decision_words(counts_as)
        if own is not None:
            said = f"{literal(own['name_en'])} ({said})"
        return f":{DECISIONS[counts_as][2]}[{said}]"

    chosen = st.segmented_control(DECISION, [*Decision, *words], key=key, format_func=shown)
    own = None if chosen is None else words.get(chosen)
    return chosen if own is None else own["counts_as"]
