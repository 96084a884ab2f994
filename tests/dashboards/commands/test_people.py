"""Signing in, sessions and users."""

import pytest

from dashboards.commands import people as accounts
from dashboards.commands import sessions
from dashboards.commands.authority import TERMINAL, Face
from dashboards.commands.refusals import BadValue, NotPermitted, Taken
from dashboards.commands.sign_in import sign_in

PASSWORD = "lotline-demo"


def session(transaction, token):
    return sessions.person_of_session(
        transaction, token=token, idle_minutes=15, max_hours=12, origin=TERMINAL
    )


def test_who_signs_in_is_who_they_are(transaction, people) -> None:
    user = sign_in(transaction, email=" Manager@Demo.example ", password=PASSWORD)

    assert user is not None
    assert sessions.person_of(user, TERMINAL) == people["MANAGER"]
    assert "password_hash" not in user


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("manager@demo.example", "wrong"),
        ("nobody@demo.example", PASSWORD),
        ("", ""),
        ("manager@demo.example", "x" * 5000),
        ("manager@demo.example", "\ud800"),
    ],
)
def test_a_failed_sign_in_never_says_why(transaction, people, email, password) -> None:
    assert sign_in(transaction, email=email, password=password) is None


def test_a_session_lives_until_it_is_ended(transaction, people) -> None:
    token = sessions.start_session(transaction, user_id=people["VIEWER"].user_id, face=Face.SCREEN)

    assert session(transaction, token) == people["VIEWER"]
    sessions.end_session(transaction, token=token)
    assert session(transaction, token) is None


def test_switching_a_person_off_ends_their_sessions_and_their_sign_in(transaction, people) -> None:
    target = people["VIEWER"]
    token = sessions.start_session(transaction, user_id=target.user_id, face=Face.SCREEN)
    accounts.change_user(
        transaction, by=people["ADMIN"], user_id=target.user_id, role="VIEWER", is_active=False
    )

    assert session(transaction, token) is None
    assert sign_in(transaction, email=target.email, password=PASSWORD) is None


def test_an_address_signs_in_one_person(transaction, people) -> None:
    with pytest.raises(Taken):
        accounts.add_user(
            transaction,
            by=people["ADMIN"],
            email="ADMIN@demo.example",
            full_name="Second",
            role="VIEWER",
            password=PASSWORD,
        )


@pytest.mark.parametrize("bad", [{"email": "no address"}, {"role": "BOSS"}, {"password": "short"}])
def test_a_user_that_can_not_be_is_refused(transaction, people, bad) -> None:
    good = {"email": "new@demo.example", "full_name": "New", "role": "VIEWER", "password": PASSWORD}

    with pytest.raises(BadValue):
        accounts.add_user(transaction, by=people["ADMIN"], **(good | bad))


@pytest.mark.parametrize("role", ["MANAGER", "AUDITOR", "OPERATOR", "VIEWER"])
def test_only_an_administrator_manages_users(transaction, people, role) -> None:
    with pytest.raises(NotPermitted):
        accounts.change_user(
            transaction,
            by=people[role],
            user_id=people["ADMIN"].user_id,
            role="VIEWER",
            is_active=False,
        )
