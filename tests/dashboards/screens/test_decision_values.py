"""The form of a decision asks for what the gate's limits ask of the chosen lot, in its unit."""

import pytest

from dashboards.commands.lots import register_lot
from dashboards.commands.process.applying import apply_process
from dashboards.commands.readings import record_reading
from dashboards.imports.process_folder import TEMPLATES, read_process
from tests.engines import ask
from tests.plants import button, gate_id_of

LOTS = {
    "FLOUR-1": "FLOUR",
    "FLOUR-2": "FLOUR",
    "DOUGH-1": "DOUGH",
    "BREAD-1": "BAKED",
    "BAG-1": "PACK",
}


@pytest.fixture
def gates(record, people) -> dict[int, int]:
    """Make a bakery with a lot of some types that wait, and return its gates' ids by number."""
    with record.transaction() as transaction:
        by = people["MANAGER"]
        bakery = read_process(TEMPLATES / "bakery")
        apply_process(transaction, by=by, wanted=bakery, reason="a bakery from now on")
        for code, kind in LOTS.items():
            register_lot(transaction, by=by, lot_code=code, lot_type=kind, weight_kg=1000)
        return {number: gate_id_of(transaction, number) for number in range(1, 9)}


def fields(app) -> dict[str, str]:
    """Return the fields for what was measured: label by key."""
    asked = ("qc_temperature_", "qc_value_")
    return {box.key: box.label for box in app.text_input if box.key.startswith(asked)}


def said(messages) -> str:
    """Return what stands in the first message, without what keeps it from being drawn as marks."""
    return messages[0].value.replace("\\", "")


def type_into(app, key: str, text: str):
    return app.text_input(key=key).input(text).run()


def save(app, gate_id: int, decision: str = "PASS", notes: str = ""):
    for box in app.checkbox:
        box.check()
    app.text_area(key=f"qc_notes_{gate_id}").input(notes)
    app.session_state[f"qc_decision_{gate_id}"] = decision
    app.run()
    return button(app, "qc_save").click().run()


def written(record) -> tuple[list[tuple], list[tuple]]:
    """Return the decisions and readings of the record."""
    with record.transaction() as transaction:
        decided = ask(transaction, "select decision, temperature_c from qc_decisions").fetchall()
        asked = (
            "select lot_code, characteristic, result_words(sign, value, word), readings.unit,"
            " gate_number from readings inner join lots using (lot_id)"
            " inner join qc_gates using (gate_id) order by reading_id"
        )
        return decided, ask(transaction, asked).fetchall()


def test_flour_is_asked_for_ash_and_moisture_and_for_no_temperature(screen, gates, record) -> None:
    app, gate = screen("qc_decisions", "OPERATOR", lot="FLOUR-1"), gates[1]
    ash, moisture = (f"qc_value_{gate}_{name}_%" for name in ("ash", "moisture"))
    assert fields(app) == {
        ash: "Ash, % (a PASS needs it)",
        moisture: "Moisture, % (a PASS needs it)",
    }

    type_into(app, ash, "0,55")
    save(app, gate)
    assert "can't pass Gate 1 Flour receipt without moisture (≤ 15.5%)" in said(app.error)
    assert app.text_input(key=ash).value == "0,55" and written(record) == ([], [])

    type_into(app, moisture, "16")
    save(app, gate)
    assert "moisture 16% is outside the limit ≤ 15.5%. Decide HOLD" in said(app.error)
    assert written(record) == ([], [])

    type_into(app, moisture, "<15")
    save(app, gate)
    assert "PASS: lot FLOUR-1" in said(app.success)
    kept = [("FLOUR-1", "ash", "0.55", "%", 1), ("FLOUR-1", "moisture", "<15", "%", 1)]
    assert written(record) == ([("PASS", None)], kept)


def test_what_was_measured_of_one_lot_is_not_another_s(screen, gates) -> None:
    app, gate = screen("qc_decisions", "OPERATOR", lot="FLOUR-1"), gates[1]
    ash = f"qc_value_{gate}_ash_%"
    type_into(app, ash, "0.55")
    app.text_input(key="qc_scan").input("FLOUR-2")
    app.run()

    assert app.selectbox(key=f"qc_lot_{gate}").value == "FLOUR-2"
    assert app.text_input(key=ash).value == ""


def test_what_is_no_result_is_refused_under_its_field_and_at_the_button(screen, gates) -> None:
    app, gate = screen("qc_decisions", "OPERATOR", lot="FLOUR-1"), gates[1]
    type_into(app, f"qc_value_{gate}_ash_%", "much")

    assert said(app.error).startswith("Ash, % must be a number such as")
    save(app, gate, "HOLD", "looked at it twice")
    assert not app.success and len(app.error) == 2


@pytest.mark.parametrize(("code", "number"), [("DOUGH-1", 3), ("BREAD-1", 6)])
def test_a_temperature_outside_passes_no_gate_and_an_empty_one_where_it_is_asked_for(
    screen, gates, record, people, code, number
) -> None:
    gate = gates[number]
    app = screen("qc_decisions", "OPERATOR", lot=code)
    if number == 6:  # the bread passes the oven first
        type_into(app, f"qc_temperature_{gates[5]}", "96")
        save(app, gates[5])
        app = screen("qc_decisions", "OPERATOR", lot=code)
    box = f"qc_temperature_{gate}"
    what = "Dough temperature" if number == 3 else "Core temperature"
    assert fields(app) == {box: f"{what}, °C (a PASS needs it)"}
    before = written(record)

    save(app, gate)
    assert f"without {what.lower()} (" in said(app.error)
    type_into(app, box, "34")
    save(app, gate)
    assert "34 °C is warmer than the limit of 32 °C" in said(app.error)
    assert written(record) == before
    type_into(app, box, "31.5")
    save(app, gate)
    assert app.success and len(written(record)[0]) == len(before[0]) + 1


def test_a_metal_detector_asks_for_no_temperature_and_says_so(screen, gates, record) -> None:
    app = screen("qc_decisions", "OPERATOR", lot="BAG-1")

    assert fields(app) == {}
    assert said(app.warning).startswith("Critical control point: nothing is measured here")
    save(app, gates[7])
    # It waits for its final release.
    assert any("PASS: lot BAG-1" in said([one]) for one in app.info)


def test_a_critical_gate_says_what_it_needs(screen, gates) -> None:
    app = screen("qc_decisions", "OPERATOR", lot="BREAD-1")
    box = f"qc_temperature_{gates[5]}"

    assert fields(app) == {box: "Core temperature, °C (needed: critical control point)"}
    wanted = (
        "Critical control point: enter the measured core temperature. Lot BREAD-1 must keep: core"
    )
    assert said(app.warning).startswith(wanted)
    save(app, gates[5])
    assert "enter the measured temperature (core temperature)" in said(app.error)
    app.selectbox(key=f"qc_lot_{gates[5]}").set_value(None).run()
    assert fields(app) == {} and "choose a lot" in said(app.warning)


def test_the_latest_result_at_the_gate_is_shown_and_enough(screen, gates, record, people) -> None:
    def measure(characteristic: str, value: str) -> None:
        with record.transaction() as transaction:
            record_reading(
                transaction,
                by=people["OPERATOR"],
                lot_code="FLOUR-1",
                characteristic=characteristic,
                value=value,
                unit="%",
                gate_id=gates[1],
            )

    measure("ash", "0.5")
    measure("moisture", "14")
    app = screen("qc_decisions", "OPERATOR", lot="FLOUR-1")
    latest = [one.value for one in app.caption if one.value.startswith("Latest result here")]
    assert latest[0].startswith("Latest result here: 0.5%, ") and len(latest) == 2
    save(app, gates[1])
    assert "PASS: lot FLOUR-1" in said(app.success)

    measure("ash", "1.3")
    app = screen("qc_decisions", "OPERATOR", lot="FLOUR-1")
    gate = app.session_state["qc_gate"]
    assert gate == 0  # the HOLD that the result brought stands at no gate
    assert fields(app) == {}


def test_a_gate_that_needs_nothing_asks_all_the_same_and_takes_it_empty(
    screen, plant, record
) -> None:
    """The mix of the reference process: 4 °C and 40 minutes, which no PASS needs."""
    app, gate = screen("qc_decisions", "OPERATOR", lot="MIX-BATCH-88"), 4

    assert fields(app) == {
        f"qc_temperature_{gate}": "Mix temperature, °C",
        f"qc_value_{gate}_mix_time_min": "Mix time, min",
    }
    type_into(app, f"qc_value_{gate}_mix_time_min", "39")
    save(app, gate)
    assert "mix time 39 min is outside the limit ≥ 40 min" in said(app.error)
    type_into(app, f"qc_value_{gate}_mix_time_min", "")
    save(app, gate)
    assert "PASS: lot MIX-BATCH-88" in said(app.success)


@pytest.mark.parametrize(("gate", "is_measured"), [(5, True), (7, False)])
def test_a_critical_gate_asks_for_a_lot_to_measure_only_where_it_measures(
    screen, gates, gate, is_measured
) -> None:
    """The oven measures a core temperature; a metal detector has no number at all."""
    app = screen("qc_decisions")
    app.session_state["qc_gate"] = gates[gate]
    app.run()

    assert ("what is to be measured is asked" in said(app.warning)) is is_measured
    assert ("nothing is measured here, its checklist" in said(app.warning)) is not is_measured


def test_what_was_decided_of_a_lot_does_not_stand_over_the_next(screen, gates) -> None:
    app = screen("qc_decisions", lot="FLOUR-1")
    number = gates[1]
    for what, value in (("moisture", "14"), ("ash", "0.5")):
        type_into(app, f"qc_value_{number}_{what}_%", value)
    save(app, number)
    assert "lot FLOUR-1" in said(app.success)

    app.selectbox(key=f"qc_lot_{number}").select("FLOUR-2").run()

    assert not app.success
