"""What must be done about a trace: hold what is here, call customers and suppliers."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.commands.authority import Action, Person
from dashboards.commands.holds import hold_lots
from dashboards.commands.refusals import Refusal
from dashboards.sessions.current import confirmed_by
from dashboards.views.half_forms import forget_unless_about
from dashboards.views.here import to_hold
from dashboards.views.hold_form import (
    FORM,
    PASSWORD_KEY,
    PLACE,
    REASON_KEY,
    held_answer,
    held_words,
    hold_form,
)
from dashboards.views.messages import say, say_problem
from dashboards.views.once import write_once
from dashboards.views.passwords import take_password
from dashboards.views.trace_movements import draw_movements
from dashboards.views.trace_tables import draw_customers
from dashboards.views.trace_units import draw_units
from dashboards.views.whereabouts import draw_here, draw_suppliers
from sql.errors import RecordUnavailable
from sql.genealogy.trace import Trace, trace
from sql.genealogy.whereabouts import Whereabouts, is_here
from sql.record.transactions import Transaction
from sql.vocabulary import Direction


def draw_to_do(
    viewer: Person,
    found: Trace,
    where: Whereabouts,
    direction: Direction,
    as_of: datetime | None,
    zone: ZoneInfo,
    asked_at: datetime,
) -> None:
    """Draw what must be held here, with the form that holds it now, and whom to call."""
    draw_here(where.here, zone)
    draw_units(found, where.units, zone, as_of or asked_at)
    if as_of is None and viewer.may(Action.DECIDE):
        seen = [lot["lot_code"] for lot in where.here]
        asked = [lot["lot_code"] for lot in found.asked]
        about = " ".join(asked)
        forget_unless_about(["hold_"], about=about)
        on_click = partial(save_hold, codes=asked, direction=direction, seen=seen)
        held = sum(lot["disposition"] == "hold" for lot in where.here)
        hold_form(len(to_hold(where.here)), held, on_click, about=about)
    if direction is not Direction.BACK:
        draw_customers(found, zone, as_of or asked_at)
        draw_movements(found, zone, as_of or asked_at)
    if direction is not Direction.FORWARD:
        draw_suppliers(where.deliveries, zone)


def save_hold(
    used: str, *, codes: Sequence[str], direction: Direction, seen: Sequence[str]
) -> None:
    """Hold the lots that the person saw to be here, signed: all of them or none."""
    reason, password = st.session_state[REASON_KEY], take_password(PASSWORD_KEY)

    def write(transaction: Transaction, by: Person) -> dict:
        held = hold_lots(
            transaction,
            by=by,
            lot_codes=seen,
            still_here=lambda: here_now(transaction, codes, direction),
            reason=reason,
            confirmation=confirmation,
        )
        return held_answer(held, by.full_name)

    try:
        confirmation = confirmed_by(password)
        asked = {"lots": list(seen), "reason": reason}
        answer = write_once(FORM, used, asked=asked, write=write)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place=PLACE)
        return
    st.session_state[REASON_KEY] = ""
    say("success", held_words(answer.body), place=PLACE)


def here_now(transaction: Transaction, codes: Sequence[str], direction: Direction) -> set[str]:
    """Trace again and return the lots that are here, as the record stands now."""
    now = trace(transaction, codes, direction)
    return set() if now is None else {lot["lot_code"] for lot in now.lots if is_here(lot)}
