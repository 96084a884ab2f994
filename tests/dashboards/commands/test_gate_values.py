"""What a gate's limits ask of a lot is asked before it passes, whatever is measured there.

The plant is a bakery, which asks a PASS for a value of each limit, but where a test says otherwise.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.gate_values import Measured
from dashboards.commands.lots import register_lot
from dashboards.commands.process import Process
from dashboards.commands.process.applying import apply_process
from dashboards.commands.process.reading import process_in_force
from dashboards.commands.readings import record_reading
from dashboards.commands.refusals import BadValue, DecisionRefused, Refusal
from dashboards.imports.process_folder import TEMPLATES, read_process
from tests.engines import ask
from tests.plants import gate_id_of, just_confirmed

WHY = "asked for by the food safety team"
NOTHING = dict.fromkeys(
    ("lot_type", "product_code", "storage_class", "in_force_from", "lower_bound", "upper_bound")
    + ("word", "in_force_until")
)
NO_RULE = ("PASS_NEEDS_VALUES", None, None)
FLOUR_ASKS = "moisture (≤ 15.5%)"
ASH = "ash (≥ 0.4 and ≤ 1.2%)"


def limited(process: Process, gate: int, characteristic: str, unit: str, **bounds) -> Process:
    """Return the process with one more limit, for all lots at a gate."""
    key = (D(gate), characteristic, unit, None, None, None, None)
    named = {"gate_number": D(gate), "characteristic": characteristic, "unit": unit}
    return process.with_parts("limits", {**process.of("limits"), key: NOTHING | named | bounds})


def without_rule(process: Process) -> Process:
    rules = {key: rule for key, rule in process.of("rules").items() if key != NO_RULE}
    return process.with_parts("rules", rules)


class Plant:
    """A plant in an open transaction, and what its operator does there."""

    def __init__(self, transaction, people) -> None:
        self.transaction, self.people = transaction, people

    def apply(self, process: Process) -> None:
        manager = self.people["MANAGER"]
        apply_process(self.transaction, by=manager, wanted=process, reason=WHY)

    def lot(self, lot_type: str, weight_kg: int = 1000, **facts) -> str:
        register_lot(
            self.transaction,
            by=self.people["MANAGER"],
            lot_code=f"{lot_type}-1",
            lot_type=lot_type,
            weight_kg=weight_kg,
            **facts,
        )
        return f"{lot_type}-1"

    def decide(self, code: str, gate: int, word: str = "PASS", **facts):
        by = facts.pop("by", self.people["OPERATOR"])
        return decide(
            self.transaction,
            by=by,
            lot_code=code,
            decision=word,
            gate_id=gate_id_of(self.transaction, gate),
            confirmation=just_confirmed(by),
            **facts,
        )

    def measure(self, code: str, gate: int, characteristic: str, value, unit: str, **when) -> None:
        record_reading(
            self.transaction,
            by=self.people["OPERATOR"],
            lot_code=code,
            characteristic=characteristic,
            value=value,
            unit=unit,
            gate_id=gate_id_of(self.transaction, gate),
            **when,
        )

    def readings(self) -> list[tuple]:
        return list(
            ask(
                self.transaction,
                "select characteristic, result_words(sign, value, word), unit, gate_number,"
                " operator_id from readings inner join qc_gates using (gate_id)"
                " order by reading_id",
            ).fetchall()
        )


@pytest.fixture
def plant(transaction, people) -> Plant:
    """Open a plant with the reference process."""
    return Plant(transaction, people)


@pytest.fixture
def bakery(plant: Plant) -> Plant:
    plant.apply(read_process(TEMPLATES / "bakery"))
    return plant


@pytest.mark.parametrize(
    ("lot_type", "gate", "wrong", "right", "said"),
    [
        ("DOUGH", 3, "34", "32", "34 °C is warmer than the limit of 32 °C; it must be 20 °C to 32"),
        ("DOUGH", 3, "19.9", "20", "19.9 °C is colder than the limit of 20 °C"),
        ("BAKED", 6, "32.01", "32", "32.01 °C is warmer than the limit of 32 °C"),
        ("BAKED", 5, "93.9", "94", "93.9 °C is colder than the critical limit of 94 °C"),
    ],
)
def test_a_temperature_outside_its_limit_passes_no_gate_critical_or_not(
    bakery, lot_type, gate, wrong, right, said
) -> None:
    code = bakery.lot(lot_type)
    with pytest.raises(DecisionRefused, match="Decide HOLD or FAIL") as refused:
        bakery.decide(code, gate, temperature_c=wrong)

    assert said in str(refused.value) and refused.value.field == "temperature_c"
    assert refused.value.code == ("CCP_LIMIT" if gate == 5 else "GATE_LIMIT")
    bakery.decide(code, gate, temperature_c=right)
    bakery.decide(code, gate, "HOLD", notes=WHY, temperature_c=wrong)


def test_the_limit_of_the_lots_own_storage_class_counts(bakery) -> None:
    """Yeast is chilled and salt isn't, at one gate."""
    bakery.transaction.copy(
        "facts.products",
        ["product_code", "name", "storage_class"],
        [("YEAST", "Yeast", "CHILLED"), ("SALT", "Salt", "AMBIENT")],
    )
    yeast = bakery.lot("ING", product_code="YEAST")
    with pytest.raises(DecisionRefused, match="8 °C is warmer than the limit of 5 °C"):
        bakery.decide(yeast, 2, temperature_c=8)
    with pytest.raises(BadValue, match=r"without temperature \(≥ 0 and ≤ 5 °C\)"):
        bakery.decide(yeast, 2)
    bakery.decide(yeast, 2, temperature_c=5)
    register_lot(
        bakery.transaction,
        by=bakery.people["MANAGER"],
        lot_code="SALT-1",
        lot_type="ING",
        weight_kg=100,
        product_code="SALT",
    )
    bakery.decide("SALT-1", 2)


@pytest.mark.parametrize(
    ("given", "asks"),
    [
        ([], f"{ASH} and {FLOUR_ASKS}"),
        ([("ash", "0.55")], FLOUR_ASKS),
        ([("Moisture", "14", "%"), ("ash", "  ")], ASH),
        ([("moisture", "14"), ("ash", "<1.2")], ASH),
    ],
)
def test_a_pass_without_a_value_that_is_needed_names_each_and_writes_nothing(
    bakery, given, asks
) -> None:
    """That there is less than 1.2 % of ash doesn't show that there is 0.4 %."""
    code = bakery.lot("FLOUR")
    with pytest.raises(BadValue) as refused:
        bakery.decide(code, 1, measured=[Measured(*one) for one in given])

    assert f"can't pass Gate 1 Flour receipt without {asks}: no result" in str(refused.value)
    assert "Enter what was measured with the decision" in str(refused.value)
    assert (refused.value.field, refused.value.code) == ("measured", "VALUE_REQUIRED")
    assert bakery.readings() == []


def test_what_is_given_with_a_decision_is_kept_as_results_of_its_gate_and_moment(bakery) -> None:
    code, by = bakery.lot("FLOUR"), bakery.people["OPERATOR"].user_id
    given = [Measured("Moisture", "15.5"), Measured("ash", D("0.4"), "%")]
    written = bakery.decide(code, 1, measured=given)

    assert bakery.readings() == [("moisture", "15.5", "%", 1, by), ("ash", "0.4", "%", 1, by)]
    moments = ask(bakery.transaction, "select distinct happened_at from readings").fetchall()
    assert moments == [(written["happened_at"],)]


@pytest.mark.parametrize(
    ("characteristic", "value", "said"),
    [("moisture", "15.6", "≤ 15.5%"), ("ash", ">1.2", "≥ 0.4 and ≤ 1.2%")],
)
def test_a_value_outside_its_limit_refuses_a_pass_and_is_kept_with_a_hold(
    bakery, characteristic, value, said
) -> None:
    code = bakery.lot("FLOUR")
    given = [Measured("moisture", "14"), Measured("ash", "0.5")]
    given = [one for one in given if one.characteristic != characteristic]
    given.append(Measured(characteristic, value))
    with pytest.raises(DecisionRefused) as refused:
        bakery.decide(code, 1, measured=given)
    assert f"{characteristic} {value}% is outside the limit {said}. Decide HOLD" in str(
        refused.value
    )
    assert (refused.value.field, refused.value.code) == ("measured", "GATE_LIMIT")

    bakery.decide(code, 1, "HOLD", notes=WHY, measured=given)
    assert (characteristic, value) in [row[:2] for row in bakery.readings()]
    stops = ask(bakery.transaction, "select gate_id is null from qc_decisions").fetchall()
    assert stops == [(False,)]


def test_the_latest_result_at_the_gate_counts_until_another_is_given(bakery) -> None:
    code = bakery.lot("PIECE")
    with pytest.raises(BadValue, match="without proving time"):
        bakery.decide(code, 4)
    bakery.measure(code, 4, "proving_time", 45, "min")
    bakery.decide(code, 4)

    bakery.measure(code, 4, "proving_time", 19, "min")
    with pytest.raises(DecisionRefused, match="19 min, the latest result there, of 20") as refused:
        bakery.decide(code, 4)
    assert "is outside the limit ≥ 20 and ≤ 240 min. Measure again" in str(refused.value)
    bakery.decide(code, 4, measured=[Measured("proving time", 25)])
    bakery.decide(code, 4)


def test_a_result_at_another_gate_of_another_lot_or_in_another_unit_shows_nothing(bakery) -> None:
    code = bakery.lot("PIECE")
    bakery.lot("FLOUR")
    bakery.measure("FLOUR-1", 4, "proving_time", 45, "min")
    bakery.measure(code, 3, "proving_time", 45, "min")
    bakery.measure(code, 4, "proving_time", 45, "h")
    with pytest.raises(BadValue, match="without proving time"):
        bakery.decide(code, 4)


def test_of_probes_read_at_one_moment_the_worst_counts(bakery) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=1)
    code = bakery.lot("PIECE")
    for minutes in (30, 19, 40):
        bakery.measure(code, 4, "proving_time", minutes, "min", happened_at=moment)

    with pytest.raises(DecisionRefused, match="proving time 19 min"):
        bakery.decide(code, 4)


def test_a_decision_dated_back_is_served_by_no_later_result_and_stopped_by_one(bakery) -> None:
    now = datetime.now(UTC)
    code = bakery.lot("PIECE", happened_at=now - timedelta(hours=3))
    earlier = now - timedelta(hours=2)
    bakery.measure(code, 4, "proving_time", 45, "min", happened_at=now - timedelta(hours=1))
    with pytest.raises(BadValue, match="without proving time"):
        bakery.decide(code, 4, happened_at=earlier)

    bakery.measure(code, 4, "proving_time", 30, "min", happened_at=earlier)
    bakery.decide(code, 4, happened_at=earlier)
    bakery.measure(code, 4, "proving_time", 19, "min")
    with pytest.raises(DecisionRefused, match="proving time 19 min"):
        bakery.decide(code, 4, happened_at=earlier)


def test_the_temperature_of_an_earlier_decision_is_a_result_of_its_gate(bakery) -> None:
    code, manager = bakery.lot("DOUGH"), bakery.people["MANAGER"]
    bakery.decide(code, 3, "HOLD", notes=WHY, temperature_c=34)
    with pytest.raises(DecisionRefused, match="dough temperature 34 °C, the latest result there"):
        bakery.decide(code, 3, notes=WHY, by=manager)
    bakery.decide(code, 3, notes=WHY, by=manager, temperature_c=30)
    bakery.decide(code, 3)


def test_a_critical_gate_needs_its_temperature_with_the_decision_whatever_was_read(bakery) -> None:
    code = bakery.lot("BAKED")
    bakery.measure(code, 5, "core_temperature", 96, "C")
    for word in ("PASS", "HOLD", "FAIL"):
        with pytest.raises(BadValue, match=r"enter the measured temperature \(core temp") as needed:
            bakery.decide(code, 5, word, notes=WHY)
        assert needed.value.code == "CCP_TEMP_REQUIRED"
    bakery.decide(code, 5, temperature_c=96)


def test_a_metal_detector_may_ask_for_a_word(bakery) -> None:
    code = bakery.lot("PACK")
    bakery.decide(code, 7)
    bakery.apply(limited(process_in_force(bakery.transaction), 7, "test pieces", "", word="ok"))

    with pytest.raises(BadValue, match=r"without test pieces \(ok\): no result"):
        bakery.decide(code, 7)
    with pytest.raises(
        DecisionRefused, match="test pieces not ok is outside the limit ok"
    ) as wrong:
        bakery.decide(code, 7, measured=[Measured("test pieces", "not ok")])
    assert wrong.value.code == "CCP_LIMIT"
    bakery.decide(code, 7, measured=[Measured("Test_pieces", "OK")])
    assert bakery.readings()[-1][:3] == ("test pieces", "ok", "")


def test_a_gate_may_have_more_than_one_temperature(bakery) -> None:
    """Given by name each keeps its own limit; one that is given for the gate must keep them all."""
    oven = limited(process_in_force(bakery.transaction), 5, "oven", "C", lower_bound=D(200))
    bakery.apply(oven)
    code = bakery.lot("BAKED")
    with pytest.raises(DecisionRefused, match="96 °C is colder than the critical limit of 200"):
        bakery.decide(code, 5, temperature_c=96)
    with pytest.raises(BadValue, match=r"without oven \(≥ 200 °C\)"):
        bakery.decide(code, 5, measured=[Measured("core temperature", 96)])
    with pytest.raises(DecisionRefused, match="oven 199 °C is outside"):
        bakery.decide(code, 5, measured=[Measured("core_temperature", 96), Measured("oven", 199)])
    with pytest.raises(BadValue, match="Oven is 301; it must be -40 to 300"):
        bakery.decide(code, 5, measured=[Measured("oven", 301)])
    bakery.decide(code, 5, measured=[Measured("core_temperature", 96), Measured("oven", 230, "°C")])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([("protein", 12)], "asks for no protein of lot FLOUR-1; it asks for ash %, moisture %."),
        ([("ash", 1, "g/kg")], "asks for no ash g/kg of lot FLOUR-1"),
        ([("ash", 1), ("Ash", 1)], "ash is there twice"),
        ([("ash", "ok")], r"asks for a number; not 'ok'"),
        ([("ash", "much")], "must be a number such as"),
        ([("ash", "not detected in 25 g")], "asks for no ash in 25 g of lot"),
    ],
)
def test_what_no_limit_asks_for_or_can_be_held_against_is_refused(bakery, given, said) -> None:
    code = bakery.lot("FLOUR")
    for word in ("PASS", "HOLD"):
        with pytest.raises(BadValue) as refused:
            bakery.decide(code, 1, word, notes=WHY, measured=[Measured(*one) for one in given])
        assert said in str(refused.value)


def test_a_word_is_asked_for_where_the_limit_is_one_and_nothing_without_a_gate(plant) -> None:
    plant.apply(read_process(TEMPLATES / "dairy"))
    code = plant.lot("SILO")
    wrong = [Measured("phosphatase", 3), Measured("listeria", "ok")]
    by = plant.people["OPERATOR"]
    with pytest.raises(BadValue, match=r"phosphatase \(not detected\) asks for a word"):
        decide(
            plant.transaction,
            by=by,
            lot_code=code,
            decision="HOLD",
            notes=WHY,
            gate_id=_serving(plant, "phosphatase"),
            temperature_c=72,
            measured=wrong[:1],
        )
    with pytest.raises(BadValue, match="A decision without a gate asks for no listeria"):
        decide(
            plant.transaction,
            by=by,
            lot_code=code,
            decision="PASS",
            measured=wrong[1:],
        )


def _serving(plant: Plant, characteristic: str) -> int:
    """Have the gate that measures something serve lots of every type, and return its id."""
    process = process_in_force(plant.transaction)
    number = next(key[0] for key in process.of("limits") if key[1] == characteristic)
    (key,) = [key for key in process.of("gates") if key[0] == number]
    types = tuple(one["lot_type"] for one in process.of("lot_types").values())
    gates = dict(process.of("gates"))
    gates[key] = {**gates[key], "lot_types": types}
    plant.apply(process.with_parts("gates", gates))
    return gate_id_of(plant.transaction, number)


def test_a_word_that_bodes_ill_passes_no_gate_where_no_limit_says_what_is_wanted(bakery) -> None:
    bakery.apply(limited(process_in_force(bakery.transaction), 8, "listeria", "in 25 g"))
    code, other = bakery.lot("PACK"), bakery.people["AUDITOR"]
    with pytest.raises(DecisionRefused, match="listeria detected in 25 g is not what any"):
        bakery.decide(code, 8, by=other, measured=[Measured("listeria", "detected in 25 g")])
    bakery.decide(code, 8, by=other, measured=[Measured("listeria", "not detected")])
    assert bakery.readings()[-1][:3] == ("listeria", "not detected", "in 25 g")


def test_whether_a_value_is_needed_says_the_process_and_a_critical_gate(bakery) -> None:
    """Without the rule a value that is missing refuses nothing, and one that is wrong does."""
    flour, dough = bakery.lot("FLOUR"), bakery.lot("DOUGH")
    bakery.apply(without_rule(process_in_force(bakery.transaction)))
    bakery.decide(flour, 1)
    bakery.decide(dough, 3)
    with pytest.raises(DecisionRefused):
        bakery.decide(flour, 1, measured=[Measured("moisture", 16)])
    with pytest.raises(DecisionRefused):
        bakery.decide(dough, 3, temperature_c=34)
    with pytest.raises(BadValue, match="critical control point"):
        bakery.decide(bakery.lot("BAKED"), 5)

    process = process_in_force(bakery.transaction)
    rule = {"rule": "PASS_NEEDS_VALUES", "lot_type": "DOUGH", "input_lot_type": None, "hours": None}
    rules = {**process.of("rules"), ("PASS_NEEDS_VALUES", "DOUGH", None): rule}
    bakery.apply(process.with_parts("rules", rules))
    bakery.decide(flour, 1)
    with pytest.raises(BadValue, match="without dough temperature") as refused:
        bakery.decide(dough, 3)
    assert refused.value.field == "temperature_c"


@pytest.mark.parametrize(
    ("lot_type", "gate", "outside"),
    [
        ("DEB", 3, {"measured": [Measured("wip time", "2.1", "h")]}),
        ("BULK", 4, {"temperature_c": "4.1"}),
        ("MIX", 5, {"temperature_c": "4.1"}),
        ("MIX", 5, {"measured": [Measured("mix_time", 39)]}),
        ("SKW", 6, None),
        ("FG", 8, None),
    ],
)
def test_the_reference_process_needs_no_value_but_at_a_critical_gate(
    plant, lot_type, gate, outside
) -> None:
    """As the HTTP contract says; a value that is given must keep its limit all the same."""
    code = plant.lot(lot_type, weight_kg=100)
    if outside is not None:
        with pytest.raises(Refusal) as refused:
            plant.decide(code, gate, **outside)
        assert refused.value.code == "GATE_LIMIT"
    plant.decide(code, gate, by=plant.people["AUDITOR"])


def test_a_limit_that_has_ended_or_is_not_yet_in_force_asks_for_nothing(bakery) -> None:
    now = datetime.now(UTC)
    process = process_in_force(bakery.transaction)
    ended = limited(process, 4, "colour", "L*", lower_bound=D(50), in_force_until=now)
    bakery.apply(ended)
    code = bakery.lot("PIECE")

    bakery.decide(code, 4, measured=[Measured("proving time", 30)])
    with pytest.raises(BadValue, match="asks for no colour"):
        bakery.decide(code, 4, measured=[Measured("colour", 40)])
