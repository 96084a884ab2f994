"""The form before everything else: it asks who you are."""

import streamlit as st

from dashboards.commands.refusals import WrongCredentials
from dashboards.sessions import current as session
from dashboards.sessions import signing
from dashboards.sessions.connections import config, record
from dashboards.sessions.limits import TooOften
from dashboards.views.focus import focus_on
from dashboards.views.passwords import password_field, take_password
from dashboards.words import sign_in as words

NOBODY_COMMAND = "lotline user add you@plant.example --role ADMIN"
DEMO_PASSWORD = "lotline-demo"
DEMO_ADMIN = "admin@demo.example"
DEMO_EMAILS = [
    "admin@demo.example",
    "manager@demo.example",
    "auditor@demo.example",
    "operator@demo.example",
    "viewer@demo.example",
]

EMAIL_KEY = "sign_in_email"
PASSWORD_KEY = "sign_in_password"
PROBLEM_KEY = "sign_in_problem"


def sign_in() -> None:
    """Sign in with what was typed; runs before the page is drawn again."""
    password = take_password(PASSWORD_KEY)
    try:
        signing.sign_in_with(st.session_state[EMAIL_KEY], password)
    except WrongCredentials:
        st.session_state[PROBLEM_KEY] = words.WRONG
    except TooOften:
        st.session_state[PROBLEM_KEY] = words.TOO_OFTEN


def draw_sign_in() -> None:
    """Draw the form, and whom the demo knows."""
    with record().snapshot() as snapshot:
        has_users = snapshot.value("has_users")
        has_demo = config().is_embedded and snapshot.value("has_user", email=DEMO_ADMIN)
    _, middle, _ = st.columns([1, 2, 1])
    with middle:
        st.title(words.HEADING, anchor=False)
        st.caption(words.LEAD)
        if session.has_ended():
            st.info(words.ENDED)
        if not has_users:
            st.warning(words.NOBODY)
            st.code(NOBODY_COMMAND, language="shell")
            return
        with st.form("sign_in"):
            st.text_input(words.EMAIL, key=EMAIL_KEY, autocomplete="username")
            password_field(words.PASSWORD, PASSWORD_KEY, "current-password")
            st.form_submit_button(
                words.SIGN_IN,
                key="sign_in_submit",
                type="primary",
                on_click=sign_in,
                width="stretch",
            )
        focus_on(EMAIL_KEY)
        problem = st.session_state.pop(PROBLEM_KEY, None)
        if problem:
            st.error(problem)
        if has_demo:
            st.markdown(words.DEMO_PEOPLE.format(password=DEMO_PASSWORD))
            st.markdown("  \n".join(f"`{email}`" for email in DEMO_EMAILS))
