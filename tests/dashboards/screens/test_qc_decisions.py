"""The decisions screen shows who waits, and writes what is decided."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.commands.lots import register_lot
from sql.record.engine import DatabaseRole, Record
from tests.dashboards.commands.test_decision_words import say_words
from tests.engines import ask
from tests.plants import button
from tests.presence import present

RAW, MIX, FG = 1, 4, 8


def at_receipt(screen, role: str = "MANAGER"):
    """Open the screen at the gate of received lots, with the beef chosen."""
    return screen("qc_decisions", role, lot="RAW-BEEF-001")


def decide(app, decision: str, gate: int = RAW, **typed):
    if "temperature" in typed:
        app.text_input(key=f"qc_temperature_{gate}").input(str(typed["temperature"]))
    app.text_area(key=f"qc_notes_{gate}").input(typed.get("notes", ""))
    for box in app.checkbox:
        box.check()
    # AppTest sends the words of a segmented control that are shown, so the value is set.
    app.session_state[f"qc_decision_{gate}"] = decision
    app.run()
    return button(app, "qc_save").click().run()


def test_the_oldest_waits_first_at_its_gate(screen, plant) -> None:
    app = at_receipt(screen)

    assert list(app.dataframe[0].value["lot_code"]) == ["RAW-BEEF-001", "RAW-SPICE-001"]


def test_a_pass_takes_the_lot_off_the_queue_and_empties_the_form(screen, plant) -> None:
    app = decide(at_receipt(screen, "OPERATOR"), "PASS", temperature=3.0)

    assert "PASS" in app.success[0].value
    assert list(app.dataframe[0].value["lot_code"]) == ["RAW-SPICE-001"]
    assert not any(box.value for box in app.checkbox)


def test_a_hold_is_shown_apart(screen, plant) -> None:
    app = decide(at_receipt(screen), "HOLD", temperature=3.0, notes="torn packaging")

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
    app = decide(at_receipt(screen), decision, **typed)

    assert said in app.error[0].value
    assert len(app.dataframe[0].value) == 2
    assert app.selectbox(key="qc_lot_1").value == "RAW-BEEF-001"


def test_an_unticked_point_stops_a_pass(screen, plant) -> None:
    app = at_receipt(screen)
    app.session_state["qc_decision_1"] = "PASS"
    app.run()

    assert button(app, "qc_save").disabled
    assert any("every point" in warning.value for warning in app.warning)


def test_a_link_opens_the_gate_and_the_lot(screen, plant) -> None:
    app = screen("qc_decisions", lot="MIX-BATCH-88")

    assert app.selectbox(key="qc_lot_4").value == "MIX-BATCH-88"


def test_of_the_limits_at_a_gate_the_chosen_lots_alone_are_shown(
    screen, plant, record, people
) -> None:
    """A gate of received lots has limits for meat, frozen goods and spice."""
    classes = {"SPICE": "AMBIENT", "MEAT": "CHILLED", "ICE": "FROZEN", "OLD": None}
    with record.transaction() as transaction:
        columns = ["product_code", "name", "storage_class"]
        rows = [(code, code, stored) for code, stored in classes.items()]
        transaction.copy("facts.products", columns, rows)
        for code in classes:
            register_lot(
                transaction,
                by=people["OPERATOR"],
                lot_code=f"RAW-{code}",
                lot_type="RAW",
                product_code=code,
            )
    shown = {code: screen("qc_decisions", lot=f"RAW-{code}").warning for code in classes}

    begin = "Critical control point: enter the measured surface temperature. Lot RAW-{} must keep:"
    for code, limit in {
        "SPICE": "no bound",
        "MEAT": "≥ -2 and ≤ 4 °C",
        "ICE": "≤ -18 °C",
        "OLD": "≤ 4 °C",
    }.items():
        said = [warning.value for warning in shown[code]]
        assert said == [f"{begin.format(code)} surface temperature {limit}."]


def test_a_viewer_reads_and_gets_no_form(screen, plant) -> None:
    app = at_receipt(screen, "VIEWER")

    assert len(app.dataframe) == 2 and not app.button


def scan(app, code: str):
    app.text_input(key="qc_scan").input(code)
    return app.run()


def test_no_gate_is_chosen_for_a_person(screen, plant) -> None:
    app = screen("qc_decisions")

    assert app.session_state["qc_gate"] is None and not [b for b in app.button if "save" in b.key]


def test_a_scan_opens_the_gate_the_lot_waits_at(screen, plant) -> None:
    app = at_receipt(screen)

    for code, gate in [("MIX-BATCH-88", MIX), ("RAW-SPICE-001", RAW)]:
        scan(app, code)
        assert app.session_state["qc_gate"] == gate
        assert app.selectbox(key=f"qc_lot_{gate}").value == code
        assert app.text_input(key="qc_scan").value == ""


def test_a_code_that_no_text_can_hold_is_no_lots_and_the_screen_stays(screen, plant) -> None:
    app = scan(at_receipt(screen), "A\x00B")

    assert not app.exception and len(app.dataframe) == 2
    assert app.warning[0].value.startswith("No lot carries the code")


def test_a_lot_chosen_at_a_gate_that_does_not_serve_it_opens_its_own(screen, plant) -> None:
    """Or a finished lot is passed at the gate of received ones, and shows as released."""
    at_receipt(screen)
    app = AppTest.from_string(
        "from dashboards.screens.deciding.gates import open_gate_of\n"
        f"open_gate_of('MIX-BATCH-88', {RAW})\n"
    ).run()

    assert (app.session_state["qc_gate"], app.session_state["qc_lot_4"]) == (MIX, "MIX-BATCH-88")
    assert "not decided at that gate" in app.session_state["said"][0]["text"]


def test_a_lot_that_passed_every_gate_says_that_it_waits_nowhere(screen, plant) -> None:
    app = scan(screen("qc_decisions"), "FG-DONER-X1")

    assert app.session_state["qc_gate"] == FG
    assert "waits nowhere" in app.info[0].value


def test_an_unknown_lot_opens_no_gate(screen, plant) -> None:
    app = scan(screen("qc_decisions"), "NOBODY")

    assert app.session_state["qc_gate"] is None and "NOBODY" in app.warning[0].value


def test_what_was_filled_in_about_one_lot_is_not_another_s(screen, plant) -> None:
    app = at_receipt(screen)
    app.checkbox[0].check()
    app.text_input(key="qc_temperature_1").input("3")
    app.text_area(key="qc_notes_1").input("torn packaging")
    app.run()
    scan(app, "RAW-SPICE-001")

    assert app.selectbox(key="qc_lot_1").value == "RAW-SPICE-001"
    assert not any(box.value for box in app.checkbox)
    assert app.text_input(key="qc_temperature_1").value == ""
    assert app.text_area(key="qc_notes_1").value == ""


def test_ticks_are_kept_with_the_decision_and_shown(screen, plant, record) -> None:
    app = at_receipt(screen, "OPERATOR")
    app.checkbox[0].check()
    app.text_input(key="qc_temperature_1").input("3")
    app.text_area(key="qc_notes_1").input("torn packaging")
    app.session_state["qc_decision_1"] = "HOLD"
    app.run()
    points = [box.label for box in app.checkbox]
    button(app, "qc_save").click().run()

    shown = screen("lots", lot="RAW-BEEF-001").dataframe[0].value
    wanted = " · ".join(f"{'☐' if at else '✓'} {point}" for at, point in enumerate(points))
    assert shown["checklist"][0] == wanted
    trail = screen("audit", "ADMIN")
    trail.text_input(key="audit_search").input(points[0]).run()
    assert "Decisions" in list(trail.dataframe[0].value["table_name"])


def test_the_lots_that_wait_are_counted_live_and_said_to_be(screen, plant) -> None:
    """Beef, spice and mix wait; the finished lot is released."""
    app = screen("qc_decisions")

    assert any("3 lots waiting in all, as of now" in caption.value for caption in app.caption)


@pytest.fixture
def second_gate(plant, database) -> int:
    """Have a second gate that mixed lots must pass, 5.5, and return its id."""
    owner = Record(database, DatabaseRole.OWNER)
    with owner.transaction() as transaction:
        found = ask(
            transaction,
            "insert into facts.qc_gates (gate_number, phase_id, lot_type, name_en, name_hu,"
            " gate_type, is_ccp) values (5.5, 1, 'MIX', 'Colour', '', 'CHECKPOINT', false)"
            " returning gate_id",
        ).fetchone()
    owner.close()
    return present(found)[0]


def test_a_lot_of_two_gates_waits_at_the_second_once_it_passed_the_first(
    screen, second_gate
) -> None:
    """And counts once among those that wait, at however many gates it does."""
    app = scan(screen("qc_decisions"), "MIX-BATCH-88")
    assert app.session_state["qc_gate"] == MIX
    assert any("3 lots waiting in all" in caption.value for caption in app.caption)
    decide(app, "PASS", gate=MIX, temperature=3.0)

    def opened():
        return screen("lots", "VIEWER", lot="MIX-BATCH-88")

    assert any("Waits for gate 5.5 Colour" in one.value for one in opened().caption)
    scan(app, "MIX-BATCH-88")
    assert app.session_state["qc_gate"] == second_gate
    assert any("3 lots waiting in all" in caption.value for caption in app.caption)
    decide(app, "PASS", gate=second_gate)
    assert any("2 lots waiting in all" in caption.value for caption in app.caption)
    assert not any("Waits for" in one.value for one in opened().caption)


def test_what_a_held_lot_stops_is_listed_with_it_and_waits_no_more(screen, plant) -> None:
    app = decide(at_receipt(screen), "HOLD", temperature=3.0, notes="torn packaging")

    stopped = next(frame.value for frame in app.dataframe if "stopped_by" in frame.value)
    assert sorted(zip(stopped["lot_code"], stopped["stopped_by"], strict=True)) == [
        ("FG-DONER-X1", "RAW-BEEF-001"),
        ("MIX-BATCH-88", "RAW-BEEF-001"),
    ]
    assert any("1 lot waiting in all" in caption.value for caption in app.caption)


def test_that_a_second_person_is_needed_is_said_before_the_pass_is_saved(
    screen, plant, people, record
) -> None:
    with record.transaction() as transaction:
        register_lot(
            transaction, by=people["OPERATOR"], lot_code="OWN", lot_type="FG", weight_kg=15
        )
    own = screen("qc_decisions", "OPERATOR", lot="OWN")
    assert any("somebody else has to pass it" in one.value for one in own.info)
    for box in own.checkbox:
        box.check()
    for decision, is_barred in (("PASS", True), ("HOLD", False)):
        own.session_state[f"qc_decision_{FG}"] = decision
        own.run()
        assert button(own, "qc_save").disabled is is_barred

    others = screen("qc_decisions", "MANAGER", lot="OWN")
    assert not any("somebody else has to pass it" in one.value for one in others.info)


def test_a_word_of_the_plants_own_is_chosen_and_said_with_what_it_counts_as(
    screen, plant, record, people
) -> None:
    with record.transaction() as transaction:
        say_words(transaction, people["MANAGER"], QUARANTINE="HOLD")
    app = decide(at_receipt(screen), "QUARANTINE", temperature=3.0, notes="torn packaging")

    assert "‖ HOLD (QUARANTINE)" in app.warning[0].value
    assert list(app.dataframe[1].value["lot_code"]) == ["RAW-BEEF-001"]
