"""Who sits before the screen, as the record knows them at this moment.

The token is in this process's memory and in a cookie no script can read; the record keeps a hash.
How somebody comes to sit there is in `signing`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from dashboards.commands import sessions
from dashboards.commands.authority import Face, Origin, Person
from dashboards.commands.refusals import SignedOut
from dashboards.commands.signatures import Confirmation
from dashboards.sessions.connections import COOKIE, config, record
from dashboards.sessions.password_check import confirmed
from sql.record.transactions import Transaction

TOKEN_KEY = "lotline_session_token"
LOCAL = "localhost"


def current_person() -> Person | None:
    """Find the person of this screen's first session, whatever cookie came later; None: ended."""
    token = token_here()
    if token is None:
        return None
    found = _person_now(token, origin())
    if found is not None:
        st.session_state[TOKEN_KEY] = token
    return found


def person() -> Person:
    """Find the signed-in person to draw for; where nobody is, end the run and show nothing.

    To draw for only: whoever a click's last run found may be signed out by now. What a click does
    is done by `acting_person`.
    """
    found = current_person()
    if found is None:
        st.stop()
    return found


def acting_person() -> Person:
    """Find the person who acts, as the record knows them at this moment.

    Raises:
        SignedOut: Nobody is signed in on this screen any more.
    """
    found = current_person()
    if found is None:
        raise SignedOut
    return found


def presser() -> Callable[[], Person]:
    """Return what finds the person of this screen later, as the record knows them by then.

    For a download that is made when somebody presses it: no run of the screen is on by then, so
    nothing of its state can be asked.

    Raises:
        SignedOut: When called: the session that the screen was drawn for has ended.
    """
    token, came_from = token_here(), origin()

    def now() -> Person:
        found = None if token is None else _person_now(token, came_from)
        if found is None:
            raise SignedOut
        return found

    return now


@contextmanager
def acting() -> Iterator[tuple[Transaction, Person]]:
    """Open a transaction for what a click does; yield it with the person who acts.

    The person is looked up before: marking the session seen locks its row, which must not be held
    while this transaction waits for the write lock.

    Raises:
        SignedOut: Nobody is signed in on this screen any more; nothing was opened.
    """
    by = acting_person()
    with record().transaction() as transaction:
        yield transaction, by


def origin() -> Origin:
    """Tell where this screen's person sits, for the audit trail."""
    address = st.context.ip_address  # None: this very machine
    return Origin(Face.SCREEN, address=address if isinstance(address, str) else LOCAL)


def confirmed_by(password: str) -> Confirmation | None:
    """Prove that the person has just typed the right password; None: nothing was typed.

    Raises:
        SignedOut: Nobody is signed in on this screen any more.
        SignatureNeeded: It is wrong, or guessing is being slowed.
    """
    return confirmed(record(), acting_person(), password) if password else None


def has_ended() -> bool:
    """Tell whether somebody was signed in on this screen until a moment ago."""
    return st.session_state.get(TOKEN_KEY) is not None


def _person_now(token: str, came_from: Origin) -> Person | None:
    """Find whose live session a token's is, and mark it seen."""
    with record().transaction() as transaction:
        return sessions.person_of_session(
            transaction,
            token=token,
            idle_minutes=config().session_idle_minutes,
            max_hours=config().session_max_hours,
            origin=came_from,
        )


def token_here() -> str | None:
    """Find this screen's token: from signing in here, else from the connection's first cookie."""
    if TOKEN_KEY in st.session_state:
        return st.session_state[TOKEN_KEY]
    cookie = st.context.cookies.get(COOKIE)
    return cookie if isinstance(cookie, str) else None
