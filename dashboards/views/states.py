"""States people must not mistake: a mark, a word and a colour, never colour alone."""

from decimal import Decimal

import streamlit as st

from dashboards.texts import DECISIONS, DISPOSITIONS

UNKNOWN = "unknown"


def disposition_badge(disposition: str) -> None:
    """Draw a lot's disposition as a badge."""
    mark, word, colour = DISPOSITIONS[disposition]
    st.badge(f"{mark} {word}", color=colour)


def disposition_words(disposition: str | None) -> str:
    """Say a disposition with its mark."""
    if disposition is None:
        return UNKNOWN
    mark, word, _colour = DISPOSITIONS[disposition]
    return f"{mark} {word}"


def decision_words(decision: str) -> str:
    """Say a decision with its mark."""
    mark, word, _colour = DECISIONS[decision]
    return f"{mark} {word}"


def kilograms(value: Decimal | float | None) -> str:
    """Say a weight; an unknown one is said to be so, never zero."""
    if value is None:
        return UNKNOWN
    return f"{value:,.3f}".rstrip("0").rstrip(".") + " kg"


def age(hours: Decimal | float | None) -> str:
    """Say an age in the largest unit that fits."""
    if hours is None:
        return UNKNOWN
    if hours < 48:
        return f"{hours:.1f} h"
    return f"{float(hours) / 24:,.0f} days"
