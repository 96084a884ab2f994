"""How a form of the lot's screen acts: once, and what was typed stays where it is refused."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st

from dashboards.commands.authority import Person
from dashboards.commands.refusals import Refusal, ToConfirm
from dashboards.sessions.connections import config
from dashboards.sessions.current import confirmed_by
from dashboards.views.confirming import ask, forget_question
from dashboards.views.floor_time import (
    floor_stretch_typed,
    floor_time_keys,
    floor_time_typed,
)
from dashboards.views.half_forms import empty_fields
from dashboards.views.messages import say, say_problem, show
from dashboards.views.number_fields import Typed, TypedResult
from dashboards.views.once import write_once
from dashboards.words.lot_forms import ALREADY_SAVED
from sql.errors import RecordUnavailable
from sql.record.transactions import Transaction

PLACE = "lot"
# What they act on may be gone then, and the form with it.
SAID_ABOVE = ("assess", "void", "withdraw", "rename")
# Where a day without a time is taken: nobody may know when in the day it was.
KNOWN_BY_DAY = ("parent", "ship", "place", "move")


def place_of(form: str) -> str:
    """Name the place where a form says what was refused: with the form, not above the lot."""
    return f"{PLACE} {form}"


@contextmanager
def form_part(title: str, form: str) -> Iterator[None]:
    """Open the part of the screen that holds a form, and say there what was refused in it."""
    with st.expander(title):
        show(place_of(form), about=st.query_params.get("lot"))
        yield


def act(
    form: str,
    used: str,
    done: str | Callable[[Any], str],
    command: Callable[..., object],
    clear: Sequence[str] = (),
    password: str | None = None,
    is_timed: bool = False,
    **values: object,
) -> bool:
    """Run one command about the open lot, once, and tell whether it is written.

    What was typed stays where the record refuses.

    Args:
        form: The form that was sent.
        used: The nonce that came with the click.
        done: What to say when it is written; may depend on what the command returned.
        command: Does it.
        clear: Which fields to empty then.
        password: Typed to sign; None: the command isn't signed.
        is_timed: The form has the fields for the time on the floor, which the command takes.
        values: What else the command takes; of a number, which field it is typed in.
    """

    def write(transaction: Transaction, by: Person) -> dict:
        written = command(transaction, by=by, **values, **signed, **timed)
        return {"done": done if isinstance(done, str) else done(written)}

    try:
        values |= {
            name: value.typed()
            for name, value in values.items()
            if isinstance(value, Typed | TypedResult)
        }
        signed = {} if password is None else {"confirmation": confirmed_by(password)}
        typed_in = floor_stretch_typed if form in KNOWN_BY_DAY else floor_time_typed
        timed = {"happened_at": typed_in(form, config().zone)} if is_timed else {}
        asked = {name: str(value) for name, value in {**values, **timed}.items()}
        answer = write_once(form, used, asked=asked, write=write)
    except ToConfirm as question:
        ask(form, str(question))
        say("warning", str(question), place=place_of(form))
        return False
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place=place_of(form))
        return False
    forget_question(form)
    empty_fields([*clear, *(floor_time_keys(form) if is_timed else ())])
    said = answer.body["done"]
    place = PLACE if form in SAID_ABOVE else place_of(form)
    say("success", ALREADY_SAVED.format(said=said) if answer.is_repeat else said, place=place)
    return True
