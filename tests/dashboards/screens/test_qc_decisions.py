"""The decisions screen shows who waits, and writes what is decided."""

import pytest

from tests.plants import button


def decide(app, decision: str, gate: int = 1, lot: str = "RAW-BEEF-001", **typed):
    app.selectbox(key=f"qc_lot_{gate}").select(lot)
    if "temperature" in typed:
        app.number_input(key=f"qc_temperature_{gate}").set_value(typed["temperature"])
    app.text_area(key=f"qc_notes_{gate}").input(typed.get("notes", ""))
    for box in app.checkbox:
        box.check()
    # AppTest sends the words of a segmented control that are shown, so the value is set.
    app.session_state[f"qc_decision_{gate}"] = decision
    app.run()
    return button(app, "qc_save").click().run()


def test_the_oldest_waits_first_at_the_first_gate(screen, plant) -> None:
    app = screen("qc_decisions")

    assert list(app.dataframe[0].value["lot_code"]) == ["RAW-BEEF-001", "RAW-SPICE-001"]


def test_a_pass_takes_the_lot_off_the_queue_and_empties_the_form(screen, plant) -> None:
    app = decide(screen("qc_decisions", "OPERATOR"), "PASS", temperature=3.0)

    assert "PASS" in app.success[0].value
    assert list(app.dataframe[0].value["lot_code"]) == ["RAW-SPICE-001"]
    assert not any(box.value for box in app.checkbox)


def test_a_hold_is_shown_apart(screen, plant) -> None:
    app = decide(screen("qc_decisions"), "HOLD", temperature=3.0, notes="torn packaging")

    assert list(app.dataframe[1].value["lot_code"]) == ["RAW-BEEF-001"]
    assert any("On HOLD (1)" in text.value for text in app.markdown)


@pytest.mark.parametrize(
    ("decision", "typed", "said"),
    [
        ("PASS", {}, "measured temperature"),
        ("PASS", {"temperature": 4.5}, "Decide HOLD or FAIL"),
        ("FAIL", {"temperature": 3.0, "notes": "bad"}, "at least 10"),
    ],
)
def test_a_refusal_is_shown_and_nothing_is_written(screen, plant, decision, typed, said) -> None:
    app = decide(screen("qc_decisions"), decision, **typed)

    assert said in app.error[0].value
    assert len(app.dataframe[0].value) == 2
    assert app.selectbox(key="qc_lot_1").value == "RAW-BEEF-001"


def test_an_unticked_point_stops_a_pass(screen, plant) -> None:
    app = screen("qc_decisions")
    app.session_state["qc_decision_1"] = "PASS"
    app.run()

    assert button(app, "qc_save").disabled
    assert any("every point" in warning.value for warning in app.warning)


def test_a_link_opens_the_gate_and_the_lot(screen, plant) -> None:
    app = screen("qc_decisions", lot="MIX-BATCH-88")

    assert app.selectbox(key="qc_lot_4").value == "MIX-BATCH-88"


def test_a_viewer_reads_and_gets_no_form(screen, plant) -> None:
    app = screen("qc_decisions", "VIEWER")

    assert len(app.dataframe) == 2 and not app.button
