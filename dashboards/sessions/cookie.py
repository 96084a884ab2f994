"""Have the page itself keep or drop the cookie that carries a session over a refresh.

A script can't set a cookie that no script may read, so after sign-in the page is given a ticket,
which one request of its own swaps for the cookie (served by `serving.session_cookie`).
"""

import json

import streamlit as st

TICKET_KEY = "lotline_ticket"
CLOSE_KEY = "lotline_close_cookie"


def settle_cookie() -> None:
    """Have the page swap a fresh ticket for the cookie, or drop the cookie after a sign-out."""
    ticket = st.session_state.pop(TICKET_KEY, None)
    if ticket is not None:
        _post("/session/open", {"ticket": ticket})
    if st.session_state.pop(CLOSE_KEY, False):
        _post("/session/close", {})


def _post(path: str, body: dict[str, str]) -> None:
    """Have the page itself send a request, of which it needs no answer."""
    options = {
        "method": "POST",
        "credentials": "same-origin",
        "cache": "no-store",
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(body),
    }
    st.html(
        f"<script>fetch({json.dumps(path)}, {json.dumps(options)});</script>",
        unsafe_allow_javascript=True,
    )
