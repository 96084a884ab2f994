"""What the screen of master data saves: a new row, a changed one, a closed run; each click once."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from dashboards.commands.authority import Person
from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import change_master, register_master
from dashboards.commands.refusals import Refusal, ToConfirm
from dashboards.commands.runs import close_run
from dashboards.sessions.connections import config
from dashboards.views.confirming import ask, confirmed, forget_question
from dashboards.views.half_forms import empty_form
from dashboards.views.master_fields import moment_typed, said
from dashboards.views.messages import say, say_problem
from dashboards.views.once import write_once
from dashboards.words.masters import MASTER_ADDED, MASTER_CHANGED, MASTER_CLOSED
from sql.errors import RecordUnavailable
from sql.record.transactions import Transaction
from sql.vocabulary import RunStatus

PLACE = "master_data"
CHOSEN = "master_chosen"  # what a change is about: kind, code and the revision that was seen


def add(master: Master, used: str) -> None:
    """Register what was typed; a refused one stays typed."""
    form = form_of("new", master)
    code = st.session_state[f"{form}_code"]

    def write(transaction: Transaction, by: Person) -> None:
        read = said(form, master, config().zone)
        if master is Master.RUN:
            read |= {"status": RunStatus.ACTIVE, "started_at": read["started_at"] or _now()}
        register_master(
            transaction, by=by, master=master, code=code, said=read, confirmed=confirmed(form)
        )

    if save(form, used, MASTER_ADDED.format(code=code), write):
        empty_form(f"{form}_")


def change(master: Master, used: str) -> None:
    """Change the chosen row to what was typed."""
    form = form_of("change", master)
    _kind, code, based_on = st.session_state[CHOSEN]

    def write(transaction: Transaction, by: Person) -> None:
        change_master(
            transaction,
            by=by,
            master=master,
            code=code,
            said=said(form, master, config().zone),
            reason=st.session_state[f"{form}_reason"],
            based_on=based_on,
            confirmed=confirmed(form),
        )

    save(form, used, MASTER_CHANGED.format(code=code), write)


def close(used: str) -> None:
    """Close the chosen run."""
    form = form_of("close", Master.RUN)
    _kind, code, based_on = st.session_state[CHOSEN]

    def write(transaction: Transaction, by: Person) -> None:
        close_run(
            transaction,
            by=by,
            run_code=code,
            ended_at=moment_typed(form, "ended_at", config().zone),
            status=st.session_state[f"{form}_status"],
            reason=st.session_state[f"{form}_reason"],
            based_on=based_on,
        )

    save(form, used, MASTER_CLOSED.format(code=code), write)


def form_of(what: str, master: Master) -> str:
    """Name a form, which its fields' keys begin with."""
    return f"master_{what}_{master.value}"


def save(form: str, used: str, done: str, write: Callable[[Transaction, Person], object]) -> bool:
    """Write once and say so, or say what was refused; returns whether it was written."""

    def written(transaction: Transaction, by: Person) -> dict[str, Any]:
        write(transaction, by)
        return {"done": done}

    try:
        write_once(form, used, asked={"done": done}, write=written)
    except ToConfirm as question:
        ask(form, str(question))
        say("warning", str(question), place=form)
        return False
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place=form)
        return False
    forget_question(form)
    say("success", done, place=PLACE)
    return True


def _now() -> datetime:
    return datetime.now(UTC)
