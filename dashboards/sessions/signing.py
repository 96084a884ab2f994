"""Sign in on a screen and out of it: what a refresh keeps, and what goes with the session."""

import streamlit as st

from dashboards.commands import sessions, sign_in
from dashboards.commands.authority import Face
from dashboards.commands.refusals import WrongCredentials
from dashboards.sessions.connections import limiter, record
from dashboards.sessions.cookie import CLOSE_KEY, TICKET_KEY
from dashboards.sessions.current import TOKEN_KEY, origin, token_here
from dashboards.sessions.forgetting import forget_everything
from dashboards.sessions.limits import LOGIN
from dashboards.sessions.strangers import SOCKET, strangers
from dashboards.sessions.tickets import tickets


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
    token = token_here()
    if token is not None:
        with record().transaction() as transaction:
            sessions.end_session(transaction, token=token)
    forget_everything()
    # None, not absent: the cookie of this connection's beginning counts no more.
    st.session_state[TOKEN_KEY] = None
    st.session_state[CLOSE_KEY] = True
