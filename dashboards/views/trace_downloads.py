"""The files of a trace that people take away: a page, a workbook, and its lots as CSV."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.exports.trace_page import page
from dashboards.exports.trace_units import unit_columns
from dashboards.exports.trace_workbook import workbook
from dashboards.reader.signs import written_to_a_file
from dashboards.views.downloads import csv_button
from dashboards.views.genealogy import customers_reached, summary
from dashboards.views.trace_files import STAMP, stamped
from dashboards.views.trace_tables import LOT_COLUMNS, MORE_LOT_COLUMNS
from dashboards.views.verdicts import lines
from dashboards.words import tracing as words
from sql.genealogy.trace import Trace
from sql.genealogy.whereabouts import Whereabouts


def draw_downloads(
    found: Trace,
    name: str,
    asked: Mapping[str, str],
    zone: ZoneInfo,
    where: Whereabouts,
    as_known_at: datetime,
) -> None:
    """Draw the files to take away; each is made when somebody asks for it.

    Args:
        found: The trace.
        name: What the files are called, without their endings.
        asked: Who asked what and when, by name.
        zone: In which times are written.
        where: What of the answer is here, and who delivered what is in it.
        as_known_at: The moment the answer is as of; of now, when it was asked.
    """
    customers = customers_reached(found.shipments)
    with written_to_a_file():
        said = [summary(found), *lines(found.verdict)]
    with st.container(horizontal=True):
        st.download_button(
            words.PAGE_PDF,
            data=lambda: page(found, customers, asked, said, where),
            file_name=f"{name}.pdf",
            mime="application/pdf",
            key="trace_pdf",
            on_click="ignore",
            icon=":material/picture_as_pdf:",
        )
        verdict = {words.ANSWER: said[0], words.VERDICT: " ".join(said[1:])}
        st.download_button(
            words.EXCEL,
            data=lambda: workbook(found, customers, {**asked, **verdict}, zone, where),
            file_name=f"{name}.xlsx",
            key="trace_xlsx",
            on_click="ignore",
            icon=":material/table_view:",
        )
        csv_button(
            words.LOTS_CSV,
            lambda: stamped(found, found.lots, as_known_at),
            [*LOT_COLUMNS, *MORE_LOT_COLUMNS, *unit_columns(found.lots), *STAMP],
            file_name=f"{name}.csv",
            key="trace_csv",
        )
