"""Screen: what one lot touches, answered live from the record."""

from datetime import datetime

import streamlit as st

from dashboards.exports.trace_page import page
from dashboards.exports.trace_workbook import workbook
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import person
from dashboards.views.as_of import long_form, title_with_moment
from dashboards.views.downloads import csv_button
from dashboards.views.genealogy import customers_reached, summary
from dashboards.views.links import LOTS, link_button
from dashboards.views.plain import literal
from dashboards.views.search_box import PLACEHOLDER, choose_lot, keep_in_address
from dashboards.views.states import disposition_badge
from dashboards.views.tables import table
from dashboards.views.trace_graph import draw_graph
from dashboards.views.verdicts import lines, rows
from dashboards.words import DIRECTIONS
from sql.genealogy.differences import trace_difference
from sql.genealogy.trace import Trace, trace
from sql.vocabulary import Direction
from sql.warehouse.editions import current_edition_id
from sql.warehouse.findings import open_findings

MOST_LINKS_SHOWN = 10_000
LINK_COLUMNS = ["parent_lot_code", "child_lot_code", "quantity_kg", "happened_at", "recorded_at"]
LOT_COLUMNS = [
    "lot_code",
    "direction",
    "steps",
    "lot_type",
    "product_code",
    "disposition",
    "share",
    "suspect_kg",
    "weight_kg",
    "supplier_name",
    "supplier_lot_code",
    "happened_at",
]
CUSTOMER_COLUMNS = [
    "customer_name",
    "customer_code",
    "quantity_kg",
    "shipments_count",
    "phone",
    "email",
]
SHIPMENT_COLUMNS = [
    "happened_at",
    "shipment_code",
    "lot_code",
    "customer_name",
    "quantity_kg",
    "document",
    "sscc",
]

CHANGES = ["recorded_at", "change", "lot_code", "other", "quantity_kg", "reason", "written_by"]

person()
zone = config().zone


def ask() -> tuple[str, Direction]:
    """Draw the question and give what is asked."""
    if "lot" in st.query_params:
        st.session_state["trace_lot"] = st.query_params["lot"]
    box, way = st.columns([5, 4], vertical_alignment="bottom")
    typed = box.text_input(
        "Lot, product, delivery or scan",
        key="trace_lot",
        on_change=keep_in_address,
        args=("trace_lot",),
        placeholder=PLACEHOLDER,
    )
    direction = way.segmented_control(
        "Direction",
        list(DIRECTIONS),
        default="both",
        required=True,
        key="trace_direction",
        format_func=DIRECTIONS.__getitem__,
    )
    return typed.strip(), Direction(direction)


def draw_verdict(found: Trace) -> None:
    """Draw whether the answer is complete, and else what is open and at which lots."""
    said = "\n\n".join(literal(line) for line in lines(found.verdict))
    if found.verdict.is_complete:
        st.success(said)
        return
    st.warning(said)
    open_lots = rows(found.verdict)
    with st.expander(f"Which lots ({len(open_lots):,})"):
        table(open_lots, ["lot_code", "what"], zone, key="trace_open_lots")


def draw_customers(found: Trace) -> None:
    """Draw which customers were reached, and by which shipments."""
    st.markdown("##### Customers reached")
    if not found.shipments:
        st.info("Nothing of these lots is recorded as shipped.")
        return
    table(customers_reached(found.shipments), CUSTOMER_COLUMNS, zone, key="trace_customers")
    with st.expander(f"Shipments ({len(found.shipments):,})"):
        table(found.shipments, SHIPMENT_COLUMNS, zone, key="trace_shipments")
    csv_button(
        "Shipments as CSV",
        found.shipments,
        [*SHIPMENT_COLUMNS, "customer_code", "phone", "email"],
        file_name=f"shipments-{found.lot['lot_id']}.csv",
        key="trace_shipments_csv",
    )


def facts(found: Trace, direction: Direction) -> dict[str, str]:
    """Give who asked what and when, for papers that leave the screen."""
    asked_at = datetime.now(zone)
    return {
        "Lot": found.lot["lot_code"],
        "Direction": DIRECTIONS[direction],
        "Asked by": person().full_name or person().email,
        "Asked at": f"{asked_at:%Y-%m-%d %H:%M} ({zone.key})",
        "As known": f"on {long_form(as_known, zone)}" if as_known else "at that time",
        "Checks of edition": current_edition_id(config().home) or "none yet",
    }


def draw_downloads(found: Trace, direction: Direction) -> None:
    """Draw the files to take away; each is made when it is asked for."""
    name, asked = f"trace-{found.lot['lot_id']}-{direction}", facts(found, direction)
    customers = customers_reached(found.shipments)
    said = [summary(found.lot["lot_code"], found.lots, found.shipments), *lines(found.verdict)]
    with st.container(horizontal=True):
        st.download_button(
            "One page (PDF)",
            data=lambda: page(found, customers, asked, said),
            file_name=f"{name}.pdf",
            mime="application/pdf",
            key="trace_pdf",
            on_click="ignore",
            icon=":material/picture_as_pdf:",
        )
        verdict = {"Answer": said[0], "Verdict": " ".join(said[1:])}
        st.download_button(
            "Excel",
            data=lambda: workbook(found, customers, asked | verdict, zone),
            file_name=f"{name}.xlsx",
            key="trace_xlsx",
            on_click="ignore",
            icon=":material/table_view:",
        )
        csv_button(
            "Lots as CSV",
            found.lots,
            [*LOT_COLUMNS, "supplier_code"],
            file_name=f"{name}.csv",
            key="trace_csv",
        )


def draw(found: Trace, direction: Direction) -> None:
    """Draw the answer: what it amounts to first, then the picture, then every row."""
    code = found.lot["lot_code"]
    with st.container(border=True):
        st.text(summary(code, found.lots, found.shipments))
        with st.container(horizontal=True, vertical_alignment="center"):
            disposition_badge(found.lot["disposition"])
            link_button("Open lot", LOTS, code, key="trace_open")
    if len(found.lots) == 1:
        st.info("No links are recorded in this direction. Add parents on the lot's screen.")
    draw_verdict(found)
    draw_downloads(found, direction)
    draw_graph(found, zone)
    if direction is not Direction.BACK:
        draw_customers(found)
    with st.expander(f"Links ({len(found.links):,})"):
        shown = found.links[:MOST_LINKS_SHOWN]
        if len(shown) < len(found.links):
            st.caption(f"The first {len(shown):,}; the Excel file holds every one.")
        table(shown, LINK_COLUMNS, zone, key="trace_links")
    st.markdown("##### Lots")
    table(found.lots, LOT_COLUMNS, zone, key="trace_lots")


def draw_difference(then: Trace, code: str, direction: Direction, moment: datetime) -> None:
    """Draw how the answer differs now: which lots joined and parted, and what was written."""
    st.markdown("##### Since then")
    with record().transaction() as transaction:
        now = trace(transaction, code, direction)
        if now is None:
            return
        found = trace_difference(transaction, then, now, moment)
    if not found.changes:
        st.caption("Nothing was written since then: the answer is the same now.")
        return
    st.text(
        f"Now it touches {len(found.joined):,} lots more and {len(found.parted):,} fewer; "
        f"{len(found.changes):,} facts were written about these lots."
    )
    table(found.changes, CHANGES, zone, key="trace_changes")
    csv_button(
        "Changes as CSV",
        found.changes,
        CHANGES,
        file_name=f"changes-{now.lot['lot_id']}.csv",
        key="trace_changes_csv",
    )


as_known = title_with_moment("Trace", zone)
asked, asked_direction = ask()
if not asked:
    st.info(
        "Scan or type what is on the label to see what the lot was made from and where it went."
    )
    st.stop()
meant = choose_lot(asked, as_known)
if meant is None:
    link_button("Lots", LOTS, key="trace_to_lots")
    st.stop()
with record().transaction(as_of=as_known) as reading:
    answer = trace(reading, meant, asked_direction, open_findings(config().home))
if as_known is not None:
    draw_difference(answer, meant, asked_direction, as_known)
draw(answer, asked_direction)
