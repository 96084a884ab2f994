"""Screen: one's own password and sessions."""

import streamlit as st

from dashboards.commands.password_changes import change_password
from dashboards.commands.refusals import Refusal
from dashboards.commands.sessions import end_all_sessions
from dashboards.sessions.current import acting, confirmed_by, person
from dashboards.views.messages import say, say_problem, show
from dashboards.views.passwords import password_field, take_password
from dashboards.words import ROLES
from dashboards.words import account as words
from sql.errors import RecordUnavailable

FIELDS = ["old", "new", "again"]

owner = person()


def change() -> None:
    """Change the person's password to the typed one; nothing typed stays."""
    typed = {name: take_password(f"account_{name}") for name in FIELDS}
    if typed["new"] != typed["again"]:
        say("error", words.NOT_REPEATED, place="account")
        return
    try:
        confirmation = confirmed_by(typed["old"])
        with acting() as (transaction, by):
            change_password(transaction, by=by, confirmation=confirmation, password=typed["new"])
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="account")


def leave_everywhere() -> None:
    """End every session and token of the person, this one too."""
    try:
        with acting() as (transaction, by):
            end_all_sessions(transaction, by=by)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="account")


st.title(words.TITLE)
show("account")
st.text(f"{owner.full_name} · {owner.email} · {ROLES[owner.role]}")
with st.form("account"):
    st.markdown(words.CHANGE_TITLE)
    st.caption(words.CHANGE_SAID)
    password_field(words.OLD_PASSWORD, "account_old", "current-password")
    password_field(words.NEW_PASSWORD, "account_new", "new-password")
    password_field(words.NEW_AGAIN, "account_again", "new-password")
    st.form_submit_button(words.CHANGE, key="account_change", type="primary", on_click=change)
st.markdown(words.LEAVE_TITLE)
st.caption(words.LEAVE_SAID)
st.button(words.LEAVE, key="account_leave", icon=":material/logout:", on_click=leave_everywhere)
