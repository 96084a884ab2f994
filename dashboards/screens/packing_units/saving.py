"""What the forms of packing write: once, with all that was typed kept where the record refuses."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands import values
from dashboards.commands.authority import Person
from dashboards.commands.packing import pack_lot, pack_unit
from dashboards.commands.refusals import Refusal, ToConfirm
from dashboards.commands.unit_shipments import ship_unit
from dashboards.commands.unpacking import unpack
from dashboards.commands.voids import Voidable, void_fact
from dashboards.sessions.connections import config
from dashboards.views.confirming import ask, confirmed, forget_question
from dashboards.views.expiry import expiry_reason
from dashboards.views.floor_time import floor_time_keys, floor_time_typed
from dashboards.views.half_forms import empty_fields
from dashboards.views.messages import say, say_problem
from dashboards.views.number_fields import number_typed
from dashboards.views.once import write_once
from dashboards.views.scans import lot_scanned
from dashboards.views.unit_fields import quantity_typed, unit_typed
from dashboards.words import packing as words
from sql.errors import RecordUnavailable
from sql.record.transactions import Transaction

PLACE = "packing"
LOT_FIELDS = ["pack_lot_code", "pack_lot_kg", "pack_lot_quantity"]


def zone() -> ZoneInfo:
    """Return the site's zone."""
    return config().zone


def save_lot(used: str, sscc: str) -> None:
    """Put the typed lot into the unit."""

    def typed() -> dict:
        return {
            "sscc": sscc,
            "lot_code": lot_scanned(st.session_state["pack_lot_code"]),
            "quantity_kg": number_typed("pack_lot_kg", read=values.moved_kg),
            "quantity": quantity_typed("pack_lot_").typed(),
            "unit": unit_typed("pack_lot_"),
            "confirmed": confirmed("pack_lot"),
        }

    _act("pack_lot", used, words.PACKED_LOT, pack_lot, typed, LOT_FIELDS)


def save_unit(used: str, sscc: str) -> None:
    """Put the scanned unit into the unit."""

    def typed() -> dict:
        inner = st.session_state["pack_unit_inner"]
        return {"sscc": sscc, "inner_sscc": inner, "confirmed": confirmed("pack_unit")}

    _act("pack_unit", used, words.PACKED_LOT, pack_unit, typed, ["pack_unit_inner"])


def save_out(used: str, sscc: str) -> None:
    """Take the chosen lot or unit out."""
    what = st.session_state["pack_out_what"]
    if what is None:
        say("warning", words.CHOOSE_FIRST.format(what=words.WHAT.lower()), place="pack_out")
        return

    def typed() -> dict:
        kg = number_typed("pack_out_kg", read=values.moved_kg)
        of_unit = {
            "quantity": quantity_typed("pack_out_").typed(),
            "unit": unit_typed("pack_out_"),
        }
        return {"sscc": sscc, what[0]: what[1], "quantity_kg": kg, **of_unit}

    _act("pack_out", used, words.TAKEN_OUT, unpack, typed, ["pack_out_kg", "pack_out_quantity"])


def save_shipment(used: str, sscc: str) -> None:
    """Ship the unit."""

    def typed() -> dict:
        state = st.session_state
        return {
            "sscc": sscc,
            "shipment_code": state["pack_ship_code"],
            "customer_code": state["pack_ship_customer"] or "",
            "document": state["pack_ship_document"],
            "confirmed": confirmed("pack_ship"),
            "expiry_reason": expiry_reason("pack_ship"),
            "from_place_code": st.session_state.get("pack_ship_place"),
        }

    _act("pack_ship", used, words.UNIT_SHIPPED, ship_unit, typed, ["pack_ship_document"])


def save_void(used: str, sscc: str) -> None:
    """Void the chosen entry of the unit."""
    entry = st.session_state["pack_void_entry"]
    if entry is None:
        say("warning", words.CHOOSE_FIRST.format(what=words.ENTRY.lower()), place="pack_void")
        return

    def typed() -> dict:
        reason = st.session_state["pack_void_reason"]
        return {"kind": Voidable.PACKING, "fact_id": entry, "reason": reason}

    _act("pack_void", used, words.VOIDED, void_fact, typed, ["pack_void_reason"], is_timed=False)


def _act(
    form: str,
    used: str,
    done: str,
    command: Callable[..., object],
    typed: Callable[[], dict],
    clear: list[str],
    *,
    is_timed: bool = True,
) -> None:
    """Run one command, once; what was typed stays where the record refuses."""
    try:
        asked = typed()
        if is_timed:
            asked["happened_at"] = floor_time_typed(form, config().zone)

        def write(transaction: Transaction, by: Person) -> dict:
            command(transaction, by=by, **asked)
            return {}

        said = {name: str(value) for name, value in asked.items()}
        answer = write_once(form, used, asked=said, write=write)
    except ToConfirm as question:
        ask(form, str(question))
        say("warning", str(question), place=form)
        return
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place=form)
        return
    forget_question(form)
    empty_fields([*clear, *(floor_time_keys(form) if is_timed else ())])
    what = asked.get("lot_code") or asked.get("inner_sscc")
    told = done.format(what=what, sscc=asked.get("sscc"), shipment=asked.get("shipment_code"))
    say("success", (words.RECORDED if answer.is_repeat else "") + told, place=PLACE)
