"""A form left and come back to is whole or empty, and never somebody else's or another lot's."""

from streamlit.testing.v1 import AppTest

from dashboards.commands.sessions import end_session
from dashboards.sessions.current import TOKEN_KEY
from tests.databases import PASSWORD
from tests.plants import button

NEW_LOT = "screens/new_lot.py"
# Which screen is drawn and where its cursor is: the door's own.
OF_THE_DOOR = ("screen_drawn", "focused_on")


def half_a_lot(app: AppTest) -> AppTest:
    app.switch_page(NEW_LOT).run()
    app.text_input(key="new_lot_code").input("MIX-NEW")
    app.selectbox(key="new_parent").select("RAW-SPICE-001")
    app.button(key="new_parent_add").click().run()
    assert app.session_state["new_parents"] == ["RAW-SPICE-001"]
    return app


def test_the_next_person_on_a_tab_begins_with_an_empty_form(plant, whole_app, record) -> None:
    app = half_a_lot(whole_app("OPERATOR").run())
    with record.transaction() as transaction:
        end_session(transaction, token=app.session_state[TOKEN_KEY])
    app.run()
    app.text_input(key="sign_in_email").input("manager@demo.example")
    app.text_input(key="sign_in_password").input(PASSWORD)
    app.button(key="sign_in_submit").click().run()
    app.switch_page(NEW_LOT).run()

    assert not app.exception
    assert app.session_state["new_parents"] == []
    assert app.text_input(key="new_lot_code").value == ""


def test_nothing_of_a_session_outlives_it(plant, whole_app, record) -> None:
    app = half_a_lot(whole_app("OPERATOR").run())
    with record.transaction() as transaction:
        end_session(transaction, token=app.session_state[TOKEN_KEY])
    app.run()

    kept = [key for key in app.session_state if not key.startswith("sign_in")]
    assert set(kept) <= {TOKEN_KEY, *OF_THE_DOOR}


def test_a_new_lot_left_and_come_back_to_is_empty_as_a_whole(plant, whole_app, record) -> None:
    app = half_a_lot(whole_app("OPERATOR").run())
    app.switch_page("screens/trace.py").run()
    app.switch_page(NEW_LOT).run()

    assert app.text_input(key="new_lot_code").value == ""
    assert app.session_state["new_parents"] == []


def test_a_decision_left_and_come_back_to_is_empty_as_a_whole(plant, whole_app) -> None:
    app = whole_app("OPERATOR").run()
    app.switch_page("screens/qc_decisions.py").run()
    app.text_input(key="qc_scan").input("RAW-BEEF-001").run()
    app.checkbox[0].check()
    app.text_area(key="qc_notes_1").input("torn packaging")
    app.run()
    assert app.selectbox(key="qc_lot_1").value == "RAW-BEEF-001"
    app.switch_page("screens/trace.py").run()
    app.switch_page("screens/qc_decisions.py").run()
    assert not app.checkbox and app.session_state["qc_gate"] is None

    app.text_input(key="qc_scan").input("RAW-BEEF-001").run()
    assert not any(box.value for box in app.checkbox)
    assert app.text_area(key="qc_notes_1").value == ""


def test_a_reason_to_hold_what_came_of_one_lot_is_not_another_s(screen, plant) -> None:
    app = screen("trace", lot="RAW-BEEF-001")
    app.text_input(key="hold_reason").input("Salmonella in the beef")
    button(app, "hold_save").click().run()  # refused: the password is missing
    assert app.text_input(key="hold_reason").value == "Salmonella in the beef"
    app.query_params["lot"] = "RAW-SPICE-001"
    app.run()

    assert "RAW-SPICE-001 touches" in app.text[0].value
    assert app.text_input(key="hold_reason").value == ""


def test_a_form_of_one_lot_is_empty_on_another_s(screen, plant) -> None:
    """A browser keeps what was typed into a field that stays, unless it is told to drop it."""
    app = screen("lots", lot="RAW-BEEF-001")
    assert not app.text_input(key="parent_code").proto.set_value
    app.query_params["lot"] = "MIX-BATCH-88"
    app.run()

    fields = [app.text_input(key=key) for key in ("parent_code", "ship_code", "void_reason")]
    assert [(field.value, field.proto.set_value) for field in fields] == [("", True)] * 3
