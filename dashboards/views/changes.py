"""How a past answer differs from the one of now, and what was written since, as tables."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.reader.signs import number
from dashboards.views.downloads import csv_button
from dashboards.views.states import disposition_words
from dashboards.views.tables import local, table
from dashboards.words import DIFFERENCES, UNCHANGED, UNKNOWN, column_heading, kilograms, plural
from sql.genealogy.differences import Difference

CHANGES = ["recorded_at", "change", "lot_code", "other", "quantity_kg", "reason", "written_by"]
VALUES = ["lot_code", "value", "was", "is_now"]


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
        rows = [_in_words(row, zone) for row in found.changed]
        table(rows, VALUES, zone, key="trace_values")
        file_name = f"values-{name}.csv"
        csv_button("Values as CSV", rows, VALUES, file_name=file_name, key="trace_values_csv")
    if found.changes:
        table(found.changes, CHANGES, zone, key="trace_changes")
        csv_button(
            "Changes as CSV",
            found.changes,
            CHANGES,
            file_name=f"changes-{name}.csv",
            key="trace_changes_csv",
        )


def difference_words(found: Difference) -> str:
    """Say whether the answer is the same now, and else what came, left and reads otherwise."""
    written = plural(len(found.changes), "fact")
    if found.is_none:
        kind = "same_written" if found.changes else "same"
        return DIFFERENCES[kind].format(written=written)
    said = DIFFERENCES["differs"].format(
        joined=plural(len(found.joined), "lot"),
        parted=plural(len(found.parted), "lot"),
        values=plural(len(found.changed), "value"),
        written=written,
    )
    return said if found.changes else f"{said} {DIFFERENCES['unexplained']}"


def _in_words(row: Mapping[str, Any], zone: ZoneInfo) -> dict[str, str]:
    """Say one value that reads otherwise: of which lot, what it was and what it is."""
    what = row["what"]
    return {
        "lot_code": row["lot_code"],
        "value": DIFFERENCES.get(what) or column_heading(what).removesuffix(", kg"),
        "was": _value(what, row["was"], zone),
        "is_now": _value(what, row["now"], zone),
    }


def _value(what: str, value: Any, zone: ZoneInfo) -> str:
    """Write one value as a person reads it."""
    if value is None:
        return "–" if what in ("link", "shipment") else UNKNOWN
    if what in ("link", "shipment"):
        name, quantity = value
        return f"{name} · {kilograms(quantity)}"
    if what == "disposition":
        return disposition_words(value)
    if isinstance(value, datetime):
        return local(value, zone)
    if isinstance(value, Decimal):
        return kilograms(value)
    if isinstance(value, float):
        return number(value, ".2%")
    return ", ".join(value) if isinstance(value, tuple) else str(value)
