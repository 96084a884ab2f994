"""Screen: who may sign in, and as what."""

import streamlit as st

from dashboards.commands.authority import Action
from dashboards.commands.password_changes import reset_password
from dashboards.commands.people import add_user, change_user
from dashboards.commands.refusals import Refusal
from dashboards.sessions.connections import config, record
from dashboards.sessions.current import acting, person
from dashboards.views.messages import say, say_problem, show
from dashboards.views.passwords import password_field, take_password
from dashboards.views.tables import table
from dashboards.words import ROLES
from dashboards.words import people as words
from sql.errors import RecordUnavailable
from sql.vocabulary import Role

COLUMNS = ["email", "full_name", "role", "is_active", "last_login", "recorded_at"]
ADDED = ["email", "full_name"]

administrator = person()


def add() -> None:
    """Add the typed user; a refused one stays typed, but for the password."""
    typed = {name: st.session_state[f"people_{name}"] for name in [*ADDED, "role"]}
    typed["password"] = take_password("people_password")
    try:
        with acting() as (transaction, by):
            add_user(transaction, by=by, **typed)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="people")
        return
    for name in ADDED:
        st.session_state[f"people_{name}"] = ""
    say(
        "success",
        words.ADDED_PERSON.format(email=typed["email"], role=ROLES[typed["role"]]),
        place="people",
    )


def change(user_id: int, email: str) -> None:
    """Change the chosen user's role, and whether they may sign in."""
    role = st.session_state[f"people_role_{user_id}"]
    is_active = st.session_state[f"people_active_{user_id}"]
    try:
        with acting() as (transaction, by):
            change_user(transaction, by=by, user_id=user_id, role=role, is_active=is_active)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="people")
    else:
        state = words.IS_NOW.format(role=ROLES[role]) if is_active else words.SWITCHED_OFF
        say("success", words.CHANGED.format(email=email, state=state), place="people")


def reset(user_id: int, email: str) -> None:
    """Set the typed password for the chosen user."""
    password = take_password(f"people_reset_{user_id}")
    try:
        with acting() as (transaction, by):
            reset_password(transaction, by=by, email=email, password=password)
    except (Refusal, RecordUnavailable) as refusal:
        say_problem(refusal, place="people")
    else:
        say("success", words.RESET_DONE.format(email=email), place="people")


def draw_add() -> None:
    """Draw the form for a new user."""
    with st.form("people_add"):
        left, right = st.columns(2)
        left.text_input(words.EMAIL, key="people_email")
        right.text_input(words.NAME, key="people_full_name")
        with left:
            password_field(words.PASSWORD, "people_password", "new-password")
        right.selectbox(
            words.ROLE,
            list(Role),
            index=list(Role).index(Role.OPERATOR),
            key="people_role",
            format_func=ROLES.__getitem__,
        )
        st.form_submit_button(words.ADD, on_click=add, key="people_save")


def draw_change(users: list) -> None:
    """Draw the form that changes one user; one's own account is another's to change."""
    others = {user["email"]: user for user in users if user["user_id"] != administrator.user_id}
    if not others:
        st.caption(words.NOBODY_ELSE)
        return
    chosen = others[st.selectbox(words.PERSON, list(others), key="people_chosen")]
    user_id = chosen["user_id"]
    st.selectbox(
        words.NEW_ROLE,
        list(Role),
        index=list(Role).index(chosen["role"]),
        key=f"people_role_{user_id}",
        format_func=ROLES.__getitem__,
    )
    st.toggle(words.MAY_SIGN_IN, value=chosen["is_active"], key=f"people_active_{user_id}")
    st.button(words.SAVE, key="people_change", on_click=change, args=(user_id, chosen["email"]))
    with st.form("people_reset_form"):
        password_field(words.NEW_PASSWORD, f"people_reset_{user_id}", "new-password")
        st.form_submit_button(
            words.RESET, key="people_reset", on_click=reset, args=(user_id, chosen["email"])
        )


st.title(words.TITLE)
if not administrator.may(Action.MANAGE_USERS):
    st.info(words.NOT_ADMINISTRATOR)
    st.stop()
show("people", about=st.session_state.get("people_chosen"))
with record().snapshot() as reading:
    users = reading.all("users")
table(users, COLUMNS, config().zone, key="people_table")
with st.expander(words.ADD_TITLE):
    draw_add()
with st.expander(words.CHANGE_TITLE):
    draw_change(users)
