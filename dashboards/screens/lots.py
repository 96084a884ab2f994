"""Screen: find lots, and see all that the record knows of one."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from dashboards.commands.authority import Action, Person
from dashboards.commands.corrections import Corrected, correct_lot
from dashboards.commands.links import link_lots, void_link
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import Refusal
from dashboards.commands.shipments import record_shipment
from dashboards.commands.withdrawals import withdraw_decision
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import confirmed_by, person
from dashboards.views.as_of import title_with_moment
from dashboards.views.links import NEW_LOT, QC_DECISIONS, TRACE, link_button
from dashboards.views.lot import SECTIONS, decision_names, facts, head, link_names, section
from dashboards.views.lot_filters import lot_filters
from dashboards.views.lot_forms import (
    correct_form,
    moment_typed,
    parent_form,
    reading_form,
    ship_form,
    void_form,
    withdraw_form,
)
from dashboards.views.messages import say, say_problem, show
from dashboards.views.once import write_once
from dashboards.views.plain import literal
from dashboards.views.tables import table
from sql.errors import RecordUnavailable
from sql.genealogy.differences import lot_changes
from sql.record.transactions import Row, Transaction

PAGE_SIZE = 50
LISTS = ["gate_names", "customers_known", "products_known"]
CHANGES = ["recorded_at", "change", "lot_code", "other", "quantity_kg", "reason", "written_by"]
COLUMNS = [
    "lot_code",
    "lot_type",
    "disposition",
    "product_code",
    "weight_kg",
    "left_kg",
    "supplier_name",
    "supplier_lot_code",
    "happened_at",
]

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
    st.query_params.pop("lot", None)
    st.session_state["lots_search"] = ""


def draw_list(as_of: datetime | None) -> None:
    """Draw the page of lots the filters ask for, as known then or now."""
    with record().transaction(as_of=as_of) as transaction:
        wanted = lot_filters(
            transaction.all("products_known"), on_search=search, on_filter=first_page
        )
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


def act(
    form: str,
    used: str,
    done: str,
    command: Callable[..., object],
    clear: Sequence[str] = (),
    password: str | None = None,
    **values: object,
) -> None:
    """Run one command about the open lot, once; what was typed stays where the record refuses.

    Args:
        form: The form that was sent.
        used: The nonce that came with the click.
        done: What to say when it is written.
        command: Does it.
        clear: Which fields to empty then.
        password: Typed to sign; None: the command isn't signed.
        values: What the command takes.
    """

    def write(transaction: Transaction, by: Person) -> dict:
        command(transaction, by=by, **values, **signed)
        return {"done": done}

    try:
        signed = {} if password is None else {"confirmation": confirmed_by(password)}
        asked = {name: str(value) for name, value in values.items()}
        answer = write_once(form, used, asked=asked, write=write)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="lot")
        return
    for name in clear:
        st.session_state[name] = "" if isinstance(st.session_state[name], str) else None
    say("success", f"Already saved. {done}" if answer.is_repeat else done, place="lot")


def save_reading(used: str) -> None:
    """Record the typed reading."""
    typed = st.session_state
    act(
        "reading",
        used,
        "The reading is recorded.",
        record_reading,
        ["reading_value"],
        lot_code=st.query_params["lot"],
        characteristic=typed["reading_characteristic"],
        value=typed["reading_value"],
        unit=typed["reading_unit"],
        gate_id=typed["reading_gate"],
    )


def save_parent(used: str) -> None:
    """Link the typed lot as a parent."""
    typed = st.session_state
    act(
        "parent",
        used,
        f"Lot {typed['parent_code']} is recorded as a parent.",
        link_lots,
        ["parent_code", "parent_kg"],
        child_lot_code=st.query_params["lot"],
        parent_lot_code=typed["parent_code"],
        quantity_kg=typed["parent_kg"],
    )


def save_shipment(used: str) -> None:
    """Record what leaves the plant."""
    typed = st.session_state
    act(
        "ship",
        used,
        f"Shipment {typed['ship_code']} is recorded.",
        record_shipment,
        ["ship_kg"],
        lot_code=st.query_params["lot"],
        shipment_code=typed["ship_code"],
        customer_code=typed["ship_customer"] or "",
        quantity_kg=typed["ship_kg"],
        document=typed["ship_document"],
        sscc=typed["ship_sscc"],
    )


def save_correction(used: str) -> None:
    """Restate the open lot's values."""
    typed = st.session_state
    known = typed["correct_known"]
    corrected = Corrected(
        product_code=typed["correct_product"],
        weight_kg=typed["correct_weight_kg"],
        temperature_c=typed["correct_temperature_c"],
        expires_on=typed["correct_expires_on"],
        happened_at=moment_typed(zone),
    )
    act(
        "correct",
        used,
        "The lot is corrected; the old values are in its history.",
        correct_lot,
        ["correct_reason"],
        lot_code=known["lot_code"],
        corrected=corrected,
        reason=typed["correct_reason"],
        based_on=known["correction_id"],
    )


def save_void(used: str) -> None:
    """Void the chosen link."""
    typed = st.session_state
    if typed["void_link"] is None:
        say("warning", "Choose the link first.", place="lot")
        return
    act(
        "void",
        used,
        "The link is voided.",
        void_link,
        ["void_link", "void_reason"],
        link_id=typed["void_link"],
        reason=typed["void_reason"],
    )


def save_withdrawal(used: str) -> None:
    """Withdraw the chosen decision, signed."""
    typed = st.session_state
    password = typed.pop("withdraw_password", "")
    if typed["withdraw_decision"] is None:
        say("warning", "Choose the decision first.", place="lot")
        return
    act(
        "withdraw",
        used,
        "The decision is withdrawn, signed.",
        withdraw_decision,
        ["withdraw_decision", "withdraw_reason"],
        password=password,
        decision_id=typed["withdraw_decision"],
        reason=typed["withdraw_reason"],
    )


def draw_forms(lot: Row, sections: dict[str, list], lists: dict[str, list]) -> None:
    """Draw the forms the person may use on the lot."""
    if viewer.may(Action.DECIDE):
        with st.expander("Record a reading"):
            reading_form(lists["gate_names"], save_reading)
    if viewer.may(Action.WRITE_LOTS):
        with st.expander("Add a parent"):
            parent_form(save_parent)
        with st.expander("Ship"):
            ship_form(lists["customers_known"], save_shipment)
    if not viewer.may(Action.CORRECT):
        return
    with st.expander("Correct this lot"):
        correct_form(lot, lists["products_known"], zone, save_correction)
    links = link_names(sections)
    if links:
        with st.expander("Void a link"):
            void_form(links, save_void)
    decisions = decision_names(sections["decisions_of_lot"], zone)
    if decisions:
        with st.expander("Withdraw a decision"):
            withdraw_form(decisions, save_withdrawal)


def draw_one(code: str, as_of: datetime | None) -> None:
    """Draw one lot as known then or now, and the forms the person may use on it."""
    st.button("← All lots", key="lots_close", on_click=close)
    show("lot")
    with record().transaction(as_of=as_of) as transaction:
        lot = transaction.one("lot_shown", lot_code=code)
        if lot is None:
            carries = "carries" if as_of is None else "carried then"
            st.warning(f"No lot {carries} the code {literal(code)}. Check it, or search for part.")
            return
        sections = {name: transaction.all(name, lot_id=lot["lot_id"]) for name in SECTIONS}
        lists = {name: transaction.all(name) for name in LISTS}
    head(lot)
    with st.container(horizontal=True):
        link_button("Trace this lot", TRACE, code, key="lot_trace")
        if viewer.may(Action.DECIDE) and as_of is None:
            link_button("Decide", QC_DECISIONS, code, key="lot_decide")
    facts(lot, zone)
    if as_of is None:
        draw_forms(lot, sections, lists)
    else:
        draw_changes(lot["lot_id"], as_of)
    for name in SECTIONS:
        section(name, sections[name], zone)


def draw_changes(lot_id: int, as_of: datetime) -> None:
    """Draw what was written about the lot since the moment shown."""
    st.markdown("##### Since then")
    with record().transaction() as transaction:
        changes = lot_changes(transaction, lot_id, as_of)
    if changes:
        table(changes, CHANGES, zone, key="lot_changes")
    else:
        st.caption("Nothing was written about this lot since then.")


as_known = title_with_moment("Lots", zone)
if "lot" in st.query_params:
    draw_one(st.query_params["lot"], as_known)
else:
    draw_list(as_known)
