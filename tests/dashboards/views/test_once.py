"""One click, one write: a nonce is good until something was written with it, and for one write."""

import pytest
import streamlit as st

from dashboards.commands.authority import Face
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import Refusal, Taken
from dashboards.commands.repeats import KeyReused
from dashboards.commands.sessions import start_session
from dashboards.sessions import connections
from dashboards.sessions.current import TOKEN_KEY
from dashboards.views.once import nonce, write_once
from tests.engines import engine_of


@pytest.fixture(autouse=True)
def signed_in(settings, record, people):
    """Have an operator sit before a screen of this test's plant."""
    connections.config.cache_clear()
    connections.record.cache_clear()
    st.session_state.clear()
    with record.transaction() as transaction:
        st.session_state[TOKEN_KEY] = start_session(
            transaction, user_id=people["OPERATOR"].user_id, face=Face.SCREEN
        )
    yield
    connections.record().close()
    connections.config.cache_clear()
    connections.record.cache_clear()
    st.session_state.clear()


def write(lot_code: str, *, used: str = "n", form: str = "f"):
    """Register a lot as a click with this nonce does."""
    return write_once(
        form,
        used,
        asked={"lot_code": lot_code},
        write=lambda transaction, by: {
            "lot_id": register_lot(transaction, by=by, lot_code=lot_code)["lot_id"]
        },
    )


def codes(record) -> list[str]:
    """Read every lot's code by other means than the code under test."""
    with engine_of(record).connect() as connection:
        return list(connection.exec_driver_sql("select lot_code from lots order by 1").scalars())


def test_the_second_of_two_equal_clicks_writes_nothing_and_says_the_same(record) -> None:
    """Registering the code again would be refused as taken: the second did not try."""
    first, second = write("A"), write("A")

    assert codes(record) == ["A"]
    assert not first.is_repeat and second.is_repeat
    assert first.body == second.body


def test_a_nonce_is_good_for_what_was_typed_with_it_and_for_nothing_else(record) -> None:
    """Another lot under an old click would be answered with the first one's success."""
    write("A")

    with pytest.raises(KeyReused):
        write("B")
    assert codes(record) == ["A"]


def test_two_forms_do_not_answer_for_one_another(record) -> None:
    """The same values in another form ask for something else."""
    write("A")

    with pytest.raises(KeyReused):
        write("A", form="g")


def test_a_nonce_stays_until_something_is_written_with_it() -> None:
    """A form drawn again keeps its button, or a click in between would be lost."""
    assert nonce("f") == nonce("f")


def test_what_was_written_takes_the_nonce_with_it() -> None:
    """The next lot of the same values is another lot."""
    before, others = nonce("f"), nonce("g")
    write("A", used=before)

    assert nonce("f") != before
    assert nonce("g") == others


def test_what_was_refused_leaves_the_nonce() -> None:
    """Nothing was written with it, so the corrected form may still be sent with it."""
    write("A")
    before = nonce("f")

    with pytest.raises(Taken):
        write("A", used=before)
    assert nonce("f") == before


def test_a_refused_click_may_be_sent_again_with_other_values(record) -> None:
    """A refusal is not kept: the same click, put right, is written."""
    write("A")
    with pytest.raises(Refusal):
        write("A", used="m")

    assert not write("B", used="m").is_repeat
    assert codes(record) == ["A", "B"]
