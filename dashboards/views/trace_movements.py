"""What else happened to the lots of a trace: waste, samples, returns, counts and the like."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.reader.signs import number
from dashboards.views.downloads import csv_button
from dashboards.views.tables import table
from dashboards.views.trace_files import STAMP, stamped
from dashboards.views.trace_tables import columns_for, file_stem
from dashboards.words import tracing as words
from dashboards.words.movements import MOVED_TITLE
from sql.genealogy.trace import Trace

MOVEMENT_COLUMNS = [
    "happened_at",
    "lot_code",
    "kind",
    "quantity_kg",
    "partner_name",
    "shipment_code",
    "product_code",
    "reason",
]


def draw_movements(found: Trace, zone: ZoneInfo, as_known_at: datetime) -> None:
    """Draw what else happened to the lots asked about and those made from them, where anything."""
    if not found.movements:
        return
    with st.expander(MOVED_TITLE.format(count=number(len(found.movements)))):
        columns = columns_for(found, MOVEMENT_COLUMNS)
        table(found.movements, columns, zone, key="trace_movements")
        csv_button(
            words.MOVEMENTS_CSV,
            stamped(found, found.movements, as_known_at),
            [*MOVEMENT_COLUMNS, "suspects", *STAMP],
            file_name=f"movements-{file_stem(found)}.csv",
            key="trace_movements_csv",
        )
