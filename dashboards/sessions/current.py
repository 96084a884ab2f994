"""Who sits before the screen: sign-in, kept over a refresh, ended from anywhere.

The token is in this process's memory and in a cookie no script can read; the record keeps a hash.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from dashboards.commands import sessions, sign_in
from dashboards.commands.authority import Face, Origin, Person
from dashboards.commands.refusals import SignedOut, WrongCredentials
from dashboards.commands.signatures import Confirmation
from dashboards.sessions.connections import COOKIE, config, limiter, record
from dashboards.sessions.cookie import CLOSE_KEY, TICKET_KEY
from dashboards.sessions.forgetting import forget_everything
from dashboards.sessions.limits import LOGIN
from dashboards.sessions.password_check import confirmed
from dashboards.sessions.strangers import SOCKET, strangers
from dashboards.sessions.tickets import tickets
from sql.record.transactions import Transaction

TOKEN_KEY = "lotline_session_token"
LOCAL = "localhost"


def sign_in_with(email: str, password: str) -> None:
    """Sign a person in on this screen.

    Raises:
        WrongCredentials: They are nobody's, or the account is switched off.
        TooOften: Ten attempts in a minute from this address. Guesses at one account from many are
            slowed by the account itself, which must not lock its owner out.
    """
    if not email.isprintable():
        raise WrongCredentials
    came_from = origin()
    limiter().count(LOGIN, came_from.address or "unknown")
    with record().transaction() as transaction:
        user = sign_in.sign_in(transaction, email=email, password=password, origin=came_from)
        token = (
            None
            if user is None
            else sessions.start_session(transaction, user_id=user["user_id"], face=Face.SCREEN)
        )
    if token is None:
        raise WrongCredentials
    forget_everything()
    strangers().go(st.context.headers.get(SOCKET))
    st.session_state[TOKEN_KEY] = token
    st.session_state[TICKET_KEY] = tickets.issue(token)


def sign_out() -> None:
    """End the session in the record, here, and in the browser."""
    token = _token()
    if token is not None:
        with record().transaction() as transaction:
            sessions.end_session(transaction, token=token)
    forget_everything()
    # None, not absent: the cookie of this connection's beginning counts no more.
    st.session_state[TOKEN_KEY] = None
    st.session_state[CLOSE_KEY] = True


def current_person() -> Person | None:
    """Find the person of this screen's first session, whatever cookie came later; None: ended."""
    token = _token()
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
    token, came_from = _token(), origin()

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


def _token() -> str | None:
    """Find this screen's token: from signing in here, else from the connection's first cookie."""
    if TOKEN_KEY in st.session_state:
        return st.session_state[TOKEN_KEY]
    cookie = st.context.cookies.get(COOKIE)
    return cookie if isinstance(cookie, str) else None
