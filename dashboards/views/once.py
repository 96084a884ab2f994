"""One click, one write: a nonce that each drawing of a form hands to its button.

A double click, or a page refreshed while it saves, sends the same click twice. The nonce is part of
the button's key, so a click on a form that was saved meanwhile finds no button; and it is the key
under which the answer is kept (`commands.repeats`), so a click that does arrive twice writes once.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboards.commands.authority import Person
from dashboards.commands.repeats import Answer, once
from dashboards.sessions.current import acting
from sql.record.transactions import Transaction


def nonce(form: str) -> str:
    """Return the form's nonce, the same until something was written with it."""
    return st.session_state.setdefault(_place(form), secrets.token_urlsafe(12))


def write_once(
    form: str,
    used: str,
    *,
    asked: Mapping[str, Any],
    write: Callable[[Transaction, Person], dict[str, Any]],
) -> Answer:
    """Write in a transaction of its own, or return what was written under this nonce before.

    Args:
        form: Which form; it gets a fresh nonce.
        used: The nonce that came with the click.
        asked: What was typed, as JSON can say it.
        write: Writes as the person it is handed; returns what to say about it, as JSON can say it.

    Raises:
        SignedOut: Nobody is signed in on this screen any more.
        Refusal: Whatever `write` refuses; the nonce stays, nothing was written.
    """
    with acting() as (transaction, by):
        answer = once(
            transaction,
            by=by,
            key=f"screen:{used}",
            asked={"form": form, **asked},
            write=lambda: write(transaction, by),
        )
    st.session_state.pop(_place(form), None)
    return answer


def _place(form: str) -> str:
    """Name the place where a form's nonce is kept."""
    return f"once_{form}"
