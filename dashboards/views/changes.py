"""How a past answer differs from the one of now, and what was written since, as tables."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.views.difference_words import CHANGES, VALUES, difference_words, value_in_words
from dashboards.views.downloads import csv_button
from dashboards.views.tables import table
from dashboards.words import UNCHANGED
from dashboards.words import moments as words
from sql.genealogy.differences import Difference


def draw_changes(changes: Sequence[Mapping[str, Any]], zone: ZoneInfo, *, key: str) -> None:
    """Draw the changes, or say that there is none."""
    if changes:
        table(changes, CHANGES, zone, key=key)
    else:
        st.caption(UNCHANGED)


def draw_difference(found: Difference, name: str, zone: ZoneInfo) -> None:
    """Draw how an answer differs now, value by value, then what was written since.

    Args:
        found: The difference.
        name: What the files are called, without their beginning and ending.
        zone: In which times are shown.
    """
    st.text(difference_words(found))
    if found.changed:
        rows = [value_in_words(row, zone) for row in found.changed]
        table(rows, VALUES, zone, key="trace_values")
        file_name = f"values-{name}.csv"
        csv_button(words.VALUES_CSV, rows, VALUES, file_name=file_name, key="trace_values_csv")
    if found.changes:
        table(found.changes, CHANGES, zone, key="trace_changes")
        csv_button(
            words.CHANGES_CSV,
            found.changes,
            CHANGES,
            file_name=f"changes-{name}.csv",
            key="trace_changes_csv",
        )
