"""The rows of a trace: its verdict with the lots it is open about, customers, links and lots."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.reader.signs import number
from dashboards.views.downloads import csv_button
from dashboards.views.genealogy import customers_reached, shipments_count
from dashboards.views.plain import literal
from dashboards.views.returns import RETURNED_COLUMNS, with_returns
from dashboards.views.tables import table
from dashboards.views.trace_files import STAMP, stamped
from dashboards.views.verdicts import answer_lines, lot_lines, rows
from dashboards.words import NOTHING_SHIPPED
from dashboards.words import tracing as words
from sql.genealogy.trace import Trace

_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
MOST_LINKS_SHOWN = 10_000
MOST_LOTS_WHOLE = 100  # drawn and printed without scrolling
LINK_COLUMNS = [
    "parent_lot_code",
    "child_lot_code",
    "quantity_kg",
    "production_code",
    "happened_at",
    "recorded_at",
]
MORE_LINK_COLUMNS = ["parent_product_code", "child_product_code", "quantity", "unit", "is_late"]

# What is asked first.
LOT_COLUMNS = [
    "lot_code",
    "direction",
    "lot_type",
    "product_code",
    "disposition",
    "share",
    "suspect_kg",
    "weight_kg",
    "steps",
    "supplier_name",
    "supplier_lot_code",
    "printed_code",
    "happened_at",
]
MORE_LOT_COLUMNS = ["suspects", "product_name", "gtin", "expires_on", "on_hand_kg", "supplier_code"]
CUSTOMER_COLUMNS = ["customer_name", "phone", "email", "quantity_kg"]
CUSTOMER_COLUMNS += ["shipments_count", "customer_code"]
SHIPMENT_CONTACTS = ["suspects", "customer_code", "phone", "email"]
SHIPMENT_COLUMNS = [
    "happened_at",
    "shipment_code",
    "lot_code",
    "product_code",
    "product_name",
    "gtin",
    "expires_on",
    "customer_name",
    "quantity_kg",
    "document",
    "sscc",
]


def draw_verdict(found: Trace, zone: ZoneInfo) -> None:
    """Draw whether the answer is complete, and else what is open; then what else is known."""
    verdict = found.verdict
    (st.success if verdict.is_complete else st.warning)(_paragraphs(answer_lines(verdict)))
    if said := lot_lines(verdict):
        st.info(_paragraphs(said))
    if open_lots := rows(verdict):
        lots = {row["lot_code"] for row in open_lots}
        with st.expander(words.WHICH_LOTS.format(count=number(len(lots)))):
            named = ["broken_rule"] if any(row["broken_rule"] for row in open_lots) else []
            table(open_lots, ["lot_code", *named, "what"], zone, key="trace_open_lots")


def _paragraphs(said: Sequence[str]) -> str:
    return "\n\n".join(literal(line) for line in said)


def draw_customers(found: Trace, zone: ZoneInfo, as_known_at: datetime) -> None:
    """Draw which customers were reached, and by which shipments, as known at a moment."""
    st.markdown(words.CUSTOMERS_TO_CALL)
    if not found.shipments:
        st.info(NOTHING_SHIPPED)
        return
    customers = customers_reached(found.shipments)
    columns = columns_for(found, with_returns(customers, CUSTOMER_COLUMNS))
    table(customers, columns, zone, key="trace_customers")
    with st.expander(words.SHIPMENTS.format(count=number(shipments_count(found.shipments)))):
        columns = columns_for(found, with_returns(found.shipments, SHIPMENT_COLUMNS))
        table(found.shipments, columns, zone, key="trace_shipments")
    csv_button(
        words.SHIPMENTS_CSV,
        stamped(found, found.shipments, as_known_at),
        [*SHIPMENT_COLUMNS, *RETURNED_COLUMNS, *SHIPMENT_CONTACTS, *STAMP],
        file_name=f"shipments-{file_stem(found)}.csv",
        key="trace_shipments_csv",
    )


def draw_rows(found: Trace, zone: ZoneInfo, as_known_at: datetime) -> None:
    """Draw every link, folded away, and every lot, as known at a moment."""
    with st.expander(words.LINKS.format(count=number(len(found.links)))):
        shown = found.links[:MOST_LINKS_SHOWN]
        if len(shown) < len(found.links):
            st.caption(words.FIRST_LINKS.format(shown=number(len(shown))))
        is_made = any(link["production_code"] is not None for link in shown)
        columns = [name for name in LINK_COLUMNS if is_made or name != "production_code"]
        table(shown, columns, zone, key="trace_links")
    csv_button(
        words.LINKS_CSV,
        lambda: stamped(found, found.links, as_known_at),
        [*LINK_COLUMNS, *MORE_LINK_COLUMNS, *STAMP],
        file_name=f"genealogy-{file_stem(found)}.csv",
        key="trace_links_csv",
    )
    st.markdown(words.LOTS_TITLE)
    height = "content" if len(found.lots) <= MOST_LOTS_WHOLE else "auto"
    columns = columns_for(found, with_stops(found, LOT_COLUMNS))
    table(found.lots, columns, zone, key="trace_lots", height=height)


def with_stops(found: Trace, columns: Sequence[str]) -> list[str]:
    """Add beside the state by which lots a lot is stopped, where one is."""
    at = columns.index("disposition") + 1
    is_said = any(lot.get("stopped_by") for lot in found.lots)
    return [*columns[:at], *(["stopped_by"] if is_said else []), *columns[at:]]


def columns_for(found: Trace, columns: Sequence[str]) -> list[str]:
    """Add which suspects a row comes from, where several lots are asked about."""
    return [*columns, *(["suspects"] if len(found.asked) > 1 else [])]


def file_stem(found: Trace) -> str:
    """Name the lots asked about as a file's name can: by their codes, the first few of many."""
    codes = [_NOT_IN_A_NAME.sub("-", lot["lot_code"])[:40].strip("-.") for lot in found.asked]
    named = [code or str(lot["lot_id"]) for code, lot in zip(codes, found.asked, strict=True)]
    return "-".join(named[:3] + ([f"and-{len(named) - 3}-more"] if len(named) > 3 else []))
