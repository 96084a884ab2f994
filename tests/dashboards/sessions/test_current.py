import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboards.commands.authority import Face, Origin
from dashboards.commands.people import change_user
from dashboards.commands.sessions import end_session, start_session
from dashboards.commands.sign_in import sign_in
from dashboards.sessions import connections
from dashboards.sessions import current as session
from dashboards.sessions.tickets import Tickets
from tests.engines import ask

SCRIPT = """
import streamlit as st
from dashboards.sessions.current import person
from dashboards.sessions.signing import sign_out
st.write(person().email)
st.button("out", key="out", on_click=sign_out)
"""


@pytest.fixture(autouse=True)
def plant(settings):
    """Have the process's settings and record be this test's."""
    connections.config.cache_clear()
    connections.record.cache_clear()
    connections.limiter.cache_clear()
    yield
    connections.record().close()
    connections.config.cache_clear()
    connections.record.cache_clear()
    connections.limiter.cache_clear()


@pytest.fixture
def token(record, people):
    with record.transaction() as transaction:
        return start_session(transaction, user_id=people["OPERATOR"].user_id, face=Face.SCREEN)


@pytest.fixture
def screen(token):
    app = AppTest.from_string(SCRIPT)
    app.session_state[session.TOKEN_KEY] = token
    return app.run()


def test_with_nobody_signed_in_nothing_is_shown(people):
    app = AppTest.from_string(SCRIPT).run()
    assert not app.exception and not app.markdown and not app.button


def test_the_signed_in_person_is_known(screen):
    assert screen.markdown[0].value == "operator@demo.example"


def test_an_ended_session_ends_on_the_next_run(screen, record, token):
    with record.transaction() as transaction:
        end_session(transaction, token=token)
    assert not screen.run().markdown


def test_a_person_switched_off_is_out_on_the_next_run(screen, record, people):
    with record.transaction() as transaction:
        change_user(
            transaction,
            by=people["ADMIN"],
            user_id=people["OPERATOR"].user_id,
            role="OPERATOR",
            is_active=False,
        )
    assert not screen.run().markdown


def test_signing_out_ends_the_session_everywhere(screen, token):
    screen.button(key="out").click().run()
    assert not screen.markdown
    other = AppTest.from_string(SCRIPT)
    other.session_state[session.TOKEN_KEY] = token
    assert not other.run().markdown


@pytest.fixture
def form(people):
    app = AppTest.from_string(
        "from dashboards.screens.sign_in import draw_sign_in\n"
        "from dashboards.sessions.current import current_person\n"
        "import streamlit as st\n"
        "found = current_person()\n"
        "st.write(found.role.value) if found else draw_sign_in()\n"
    ).run()

    def send(email, password):
        app.text_input(key="sign_in_email").input(email)
        app.text_input(key="sign_in_password").input(password)
        return app.button(key="sign_in_submit").click().run()

    return send


def test_the_form_signs_in(form):
    app = form(" Manager@demo.example ", "lotline-demo")
    assert not app.exception and app.markdown[0].value == "MANAGER"


@pytest.mark.parametrize("email", ["manager@demo.example", "nobody@demo.example", "", "a\0b"])
def test_the_form_says_no_more_than_that_it_is_wrong(form, email):
    app = form(email, "not the password")
    assert not app.exception and "wrong" in app.error[0].value
    assert app.text_input(key="sign_in_password").value == ""


def test_the_eleventh_attempt_of_one_address_is_too_often_whoever_it_names(form):
    """Also the right password is not looked at: guessing many people is guessing."""
    for number in range(10):
        assert "wrong" in form(f"nobody{number}@demo.example", "a guess").error[0].value

    assert "Too many attempts" in form("manager@demo.example", "lotline-demo").error[0].value


def guessed_from_everywhere(form, monkeypatch):
    """Guess one person's password eleven times, each time from another address."""
    for number in range(11):
        came_from(monkeypatch, f"192.0.2.{number}")
        assert "wrong" in form("manager@demo.example", "a guess").error[0].value


def came_from(monkeypatch, address):
    """Have the next message of the screen come from an address."""
    monkeypatch.setattr(type(st.context), "ip_address", address)


def test_guesses_at_one_person_from_many_addresses_are_slowed(form, monkeypatch):
    """Who has the right one at last learns no more than before."""
    guessed_from_everywhere(form, monkeypatch)
    came_from(monkeypatch, "192.0.2.11")

    assert "wrong" in form("manager@demo.example", "lotline-demo").error[0].value


def test_guesses_from_many_addresses_keep_nobody_from_the_place_they_know(
    form, monkeypatch, record
):
    """Or whoever knows an e-mail could keep its owner from work."""
    with record.transaction() as transaction:
        sign_in(
            transaction,
            email="manager@demo.example",
            password="lotline-demo",
            origin=Origin(Face.SCREEN, address="198.51.100.7"),
        )
    guessed_from_everywhere(form, monkeypatch)
    came_from(monkeypatch, "198.51.100.7")

    assert form("manager@demo.example", "lotline-demo").markdown[0].value == "MANAGER"


def test_an_empty_plant_says_how_to_begin():
    app = AppTest.from_string(
        "from dashboards.screens.sign_in import draw_sign_in\ndraw_sign_in()"
    ).run()
    assert "lotline user add" in app.code[0].value and not app.text_input


def test_a_ticket_is_good_once():
    tickets = Tickets()
    ticket = tickets.issue("token")
    assert tickets.redeem(ticket) == "token"
    assert tickets.redeem(ticket) is None and tickets.redeem("none") is None


def test_a_ticket_grows_old(monkeypatch):
    monkeypatch.setattr("dashboards.sessions.tickets.TICKET_SECONDS", -1)
    tickets = Tickets()
    assert tickets.redeem(tickets.issue("token")) is None


def test_a_clock_that_is_set_back_lengthens_no_session(screen, record):
    with record.transaction() as transaction:
        ask(transaction, "update sessions set seen_at = now() + interval '2 hours'")
    assert not screen.run().markdown
