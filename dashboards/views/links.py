"""Buttons that lead from a lot to another screen about it."""

import streamlit as st

from dashboards.views.as_of import kept_in_address

LOTS = "screens/lots.py"
TRACE = "screens/trace.py"
QC_DECISIONS = "screens/qc_decisions.py"
NEW_LOT = "screens/new_lot.py"


def link_button(label: str, screen: str, lot_code: str | None = None, *, key: str) -> None:
    """Draw a button that opens a screen, about a lot when one is named, at the same moment."""
    if st.button(label, key=key):
        named = {"lot": lot_code} if lot_code else {}
        st.switch_page(screen, query_params=named | kept_in_address())
