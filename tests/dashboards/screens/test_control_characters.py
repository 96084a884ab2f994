"""A code with U+0000 in it, from the address or a box, is refused in one line on every screen."""

import pytest
from streamlit.testing.v1 import AppTest

from sql.errors import TextNotKept

ODD = "A\x00B"


@pytest.fixture
def app(plant, whole_app) -> AppTest:
    """Open the app as its address does: the entry tells what the ground floor raises."""
    return whole_app("MANAGER")


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
