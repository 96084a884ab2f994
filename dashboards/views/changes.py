"""What was written since the past moment that a screen shows, as one table."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.tables import table
from dashboards.words import UNCHANGED

CHANGES = ["recorded_at", "change", "lot_code", "other", "quantity_kg", "reason", "written_by"]


def draw_changes(changes: Sequence[Mapping[str, Any]], zone: ZoneInfo, *, key: str) -> None:
    """Draw the changes, or say that there is none."""
    if changes:
        table(changes, CHANGES, zone, key=key)
    else:
        st.caption(UNCHANGED)
