"""Screen: find lots, and see all that the record knows of one."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.commands.decisions import record_reading
from dashboards.commands.lots import link_lots
from dashboards.commands.refusals import Refusal
from dashboards.commands.shipments import record_shipment
from dashboards.connections import config, record
from dashboards.session import person
from dashboards.texts import DISPOSITIONS, LOT_TYPES
from dashboards.views.links import NEW_LOT, QC_DECISIONS, TRACE, link_button
from dashboards.views.lot import SECTIONS, facts, head, section
from dashboards.views.lot_forms import parent_form, reading_form, ship_form
from dashboards.views.messages import say, show
from dashboards.views.tables import table
from sql.vocabulary import Disposition, LotType

PAGE_SIZE = 50
COLUMNS = ["lot_code", "lot_type", "disposition", "product_code", "weight_kg", "left_kg",
           "supplier_name", "supplier_lot_code", "happened_at"]  # fmt: skip

viewer = person()
zone = config().zone


def open_selected() -> None:
    """Open the lot of the selected row."""
    chosen = st.session_state["lots_table"]["selection"]["rows"]
    if chosen:
        st.query_params["lot"] = st.session_state["lots_shown"][chosen[0]]


def search() -> None:
    """Start at the first page; a whole code, as a hand scanner types it, opens its lot."""
    st.session_state["lots_page"] = 1
    with record().transaction() as transaction:
        typed = st.session_state["lots_search"].strip()
        if transaction.value("lot_id_by_code", lot_code=typed) is not None:
            st.query_params["lot"] = typed


def first_page() -> None:
    """Start at the first page again, because the filters changed."""
    st.session_state["lots_page"] = 1


def close() -> None:
    """Go back to the list."""
    st.query_params.clear()
    st.session_state["lots_search"] = ""


def draw_filters(products: list) -> dict:
    """Draw the filters and give what they ask for."""
    text, kind, product, state = st.columns([4, 2, 3, 2])
    names = {row["product_code"]: row["name"] for row in products}
    typed = text.text_input(
        "Search", key="lots_search", on_change=search, placeholder="Part of a lot code, or scan"
    )
    return {
        "search": typed.strip() or None,
        "lot_type": kind.selectbox(
            "Type", list(LotType), index=None, format_func=LOT_TYPES.get, key="lots_type",
            on_change=first_page, placeholder="All",
        ),
        "product_code": product.selectbox(
            "Product", list(names), index=None, key="lots_product", on_change=first_page,
            format_func=lambda code: f"{code} · {names[code]}", placeholder="All",
        ),
        "disposition": state.selectbox(
            "State", list(Disposition), index=None, key="lots_state", on_change=first_page,
            format_func=lambda name: " ".join(DISPOSITIONS[name][:2]), placeholder="All",
        ),
    }  # fmt: skip


def draw_list() -> None:
    """Draw the page of lots the filters ask for."""
    with record().transaction() as transaction:
        wanted = draw_filters(transaction.all("products_known"))
        page = st.session_state.get("lots_page", 1)
        found = transaction.all(
            "lots_page", **wanted, page_size=PAGE_SIZE, skipped=(page - 1) * PAGE_SIZE
        )
    if not found:
        draw_nothing(any(wanted.values()))
        return
    total = found[0]["found_count"]
    st.caption(f"{total:,} lots, newest first. Tick a row to open its lot.")
    st.session_state["lots_shown"] = [lot["lot_code"] for lot in found]
    table(found, COLUMNS, zone, key="lots_table", select=open_selected, height="content")
    if total > PAGE_SIZE:
        st.pagination(-(-total // PAGE_SIZE), key="lots_page")


def draw_nothing(filtered: bool) -> None:
    """Say why the list is empty and what to do."""
    if filtered:
        st.info("No lot matches. Type less of the code, or set the filters to All.")
        return
    st.info("The record holds no lots yet. Register the first, or run `lotline import FOLDER`.")
    if viewer.may(Action.WRITE_LOTS):
        link_button("New lot", NEW_LOT, key="lots_new")


def act(done: str, command: Callable[..., object], clear: Sequence[str], **values: object) -> None:
    """Run one command about the open lot; what was typed stays where the record refuses."""
    try:
        with record().transaction() as transaction:
            command(transaction, by=viewer, **values)
    except Refusal as refusal:
        say("error", str(refusal), place="lot")
        return
    for name in clear:
        st.session_state[name] = "" if isinstance(st.session_state[name], str) else None
    say("success", done, place="lot")


def save_reading() -> None:
    """Record the typed reading."""
    typed = st.session_state
    act(
        "The reading is recorded.", record_reading, ["reading_value"],
        lot_code=st.query_params["lot"], characteristic=typed["reading_characteristic"],
        value=typed["reading_value"], unit=typed["reading_unit"], gate_id=typed["reading_gate"],
    )  # fmt: skip


def save_parent() -> None:
    """Link the typed lot as a parent."""
    typed = st.session_state
    act(
        f"Lot {typed['parent_code']} is recorded as a parent.", link_lots,
        ["parent_code", "parent_kg"], child_lot_code=st.query_params["lot"],
        parent_lot_code=typed["parent_code"], quantity_kg=typed["parent_kg"],
    )  # fmt: skip


def save_shipment() -> None:
    """Record what leaves the plant."""
    typed = st.session_state
    act(
        f"Shipment {typed['ship_code']} is recorded.", record_shipment, ["ship_kg"],
        lot_code=st.query_params["lot"], shipment_code=typed["ship_code"],
        customer_code=typed["ship_customer"], quantity_kg=typed["ship_kg"],
        document=typed["ship_document"], sscc=typed["ship_sscc"],
    )  # fmt: skip


def draw_forms(gates: list, customers: list) -> None:
    """Draw the forms the person may use on the lot."""
    if viewer.may(Action.DECIDE):
        with st.expander("Record a reading"):
            reading_form(gates, save_reading)
    if viewer.may(Action.WRITE_LOTS):
        with st.expander("Add a parent"):
            parent_form(save_parent)
        with st.expander("Ship"):
            ship_form(customers, save_shipment)


def draw_one(code: str) -> None:
    """Draw one lot, and the forms the person may use on it."""
    st.button("← All lots", key="lots_close", on_click=close)
    show("lot")
    with record().transaction() as transaction:
        lot = transaction.one("lot_shown", lot_code=code)
        if lot is None:
            st.warning(f"No lot carries the code `{code}`. Check it, or search for part of it.")
            return
        sections = {name: transaction.all(name, lot_id=lot["lot_id"]) for name in SECTIONS}
        gates = transaction.all("gate_names")
        customers = transaction.all("customers_known")
    head(lot)
    with st.container(horizontal=True):
        link_button("Trace this lot", TRACE, code, key="lot_trace")
        if viewer.may(Action.DECIDE):
            link_button("Decide", QC_DECISIONS, code, key="lot_decide")
    facts(lot, zone)
    draw_forms(gates, customers)
    for name, (title, columns, empty) in SECTIONS.items():
        section(title, sections[name], columns, zone, empty, key=name)


st.title("Lots")
if "lot" in st.query_params:
    draw_one(st.query_params["lot"])
else:
    draw_list()
