"""In which logistic units the lots of a trace stand here, and which of them left."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.exports.trace_units import units_words
from dashboards.views.downloads import csv_button
from dashboards.views.tables import table
from dashboards.views.trace_files import STAMP, stamped
from dashboards.views.trace_tables import columns_for, file_stem
from dashboards.words.packing import TRACED_CSV, TRACED_UNITS
from sql.genealogy.trace import Trace
from sql.genealogy.traced_units import UNIT

Unit = Mapping[str, Any]
_SHOWN = [name for name in UNIT if name not in ("lot_type", "product_name", "suspects")]


def draw_units(found: Trace, units: Sequence[Unit], zone: ZoneInfo, as_known_at: datetime) -> None:
    """Draw which units hold something of the answer or left with it, where any does."""
    if not units:
        return
    st.markdown(f"## {TRACED_UNITS}")
    st.text(units_words(units))
    table(units, columns_for(found, _shown(units)), zone, key="trace_units")
    csv_button(
        TRACED_CSV,
        lambda: stamped(found, units, as_known_at),
        [*UNIT, *STAMP],
        file_name=f"units-{file_stem(found)}.csv",
        key="trace_units_csv",
    )


def _shown(units: Iterable[Unit]) -> list[str]:
    """Leave out what no unit says: how it left, or what it stands on where each is on the floor."""
    known = list(units)
    left = any(unit["shipment_code"] is not None for unit in known)
    stands = any(unit["outermost_sscc"] != unit["sscc"] for unit in known)
    aside = set() if left else {"shipment_code", "customer_name", "left_at"}
    aside |= set() if stands else {"outermost_sscc"}
    return [name for name in _SHOWN if name not in aside]
