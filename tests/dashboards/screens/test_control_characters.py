"""A code with U+0000 in it, from the address or a box, is refused in one line on every screen."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.commands.authority import Face
from dashboards.commands.sessions import start_session
from dashboards.sessions.current import TOKEN_KEY
from sql.errors import TextNotKept

APP = Path(__file__).resolve().parents[3] / "dashboards" / "app.py"
ODD = "A\x00B"


@pytest.fixture
def app(screen, plant, record, people) -> AppTest:
    """Open the app as its address does, signed in: the entry tells what the ground floor raises."""
    screen("lots")
    with record.transaction() as transaction:
        token = start_session(transaction, user_id=people["MANAGER"].user_id, face=Face.SCREEN)
    app = AppTest.from_file(str(APP), default_timeout=30)
    app.session_state[TOKEN_KEY] = token
    return app


def said(app: AppTest) -> list[str]:
    assert not app.exception
    return [error.value for error in app.error]


def test_the_app_says_what_is_wrong_with_an_address(app) -> None:
    app.query_params["lot"] = ODD
    assert said(app.run()) == [str(TextNotKept())]


def test_the_app_says_what_is_wrong_with_what_was_typed_in_a_box(app) -> None:
    app.run()
    app.text_input(key="lots_search").input(ODD).run()
    assert said(app) == [str(TextNotKept())]


@pytest.mark.parametrize("text", [ODD, "\x00", "A\ud800"], ids=ascii)
def test_the_record_refuses_to_be_asked_for_what_no_text_can_hold(transaction, text) -> None:
    for query, parameters in {
        "lot_id_by_code": {"lot_code": text},
        "known_lots": {"codes": [text]},
    }.items():
        with pytest.raises(TextNotKept):
            transaction.all(query, **parameters)
