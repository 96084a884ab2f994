"""The result that a PASS rested on, judged as the record judges it, and what the rules say of it.

The gate measures ash, at most 1.2 %; the lot passes it at 09:00.
"""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from sql.warehouse.breaches import breaches
from sql.warehouse.rules import rules_of
from tests import plants
from tests.plants import MOMENT

HOUR = timedelta(hours=1)
GATE = {
    "gate_id": 1,
    "gate_number": D(1),
    "phase_id": 1,
    "name_en": "Flour",
    "name_hu": "",
    "gate_type": "CHECKPOINT",
    "is_ccp": False,
}
LIMIT = {"limit_id": 1, "gate_id": 1, "characteristic": "ash", "unit": "%", "upper_bound": D("1.2")}
NEEDS = {"rule_id": 3, "rule": "PASS_NEEDS_VALUES", "in_force_from": MOMENT + HOUR}
OUTSIDE, MISSING, UNPROVEN = (
    "no_pass_was_given_outside_a_limit_of_its_gate",
    "every_pass_rests_on_the_values_its_process_asks_for",
    "every_pass_at_a_ccp_rests_on_what_is_measured_there",
)
CCP_OUTSIDE, CCP_WITHOUT = (
    "no_pass_was_given_outside_a_critical_limit",
    "every_ccp_decision_carries_a_temperature",
)


def decided(number: int, after=HOUR, word: str = "PASS", **facts) -> dict:
    row = {"decision_id": number, "lot_id": 1, "gate_id": 1, "decision": word}
    return row | {"happened_at": MOMENT + after, **facts}


def read(number: int, value: str, after=HOUR, **facts) -> dict:
    row = {"reading_id": number, "lot_id": 1, "gate_id": 1, "characteristic": "ash", "unit": "%"}
    return row | {"value": D(value), "happened_at": MOMENT + after, **facts}


def build(warehouse, gate: dict = GATE, **tables) -> None:
    rows = {
        "lots": [{"lot_id": 1, "lot_code": "F1", "lot_type": "RAW"}],
        "gate_limits": [LIMIT],
        "qc_decisions": [decided(1)],
        **plants.gates(gate),
        **tables,
    }
    for copied, written in rows.items():
        plants.fill(warehouse, copied, written)
    plants.build(
        warehouse,
        "quality.decision_limits",
        "quality.decision_gates",
        "quality.decision_results",
        "quality.decision_values",
    )


def caught(warehouse) -> dict[str, int]:
    """Return how many rows break each rule about a decision's values; none where none does."""
    found = {}
    for table in ("quality.decision_values", "quality.decision_gates"):
        for rule in rules_of(table):
            if rule.name in (OUTSIDE, MISSING, UNPROVEN, CCP_OUTSIDE, CCP_WITHOUT):
                found[rule.name] = breaches(warehouse, rule).height
    return {name: count for name, count in found.items() if count}


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([], {}),
        ([read(1, "1.2")], {}),
        ([read(1, "1.21")], {OUTSIDE: 1}),
        ([read(1, "1.3"), read(2, "1", 0.5 * HOUR)], {OUTSIDE: 1}),
        ([read(1, "1.3", 0.5 * HOUR), read(2, "1")], {}),
        ([read(1, "1.3", 1.001 * HOUR)], {}),
        ([read(1, "1"), read(2, "1.3"), read(3, "1")], {OUTSIDE: 1}),
        ([read(1, "1.3", gate_id=2)], {}),
        ([read(1, "1.3", gate_id=None)], {}),
        ([read(1, "1.3", unit="g/kg")], {}),
        ([read(1, "1.3", lot_id=2)], {}),
        ([read(1, "1.2", sign=">")], {OUTSIDE: 1}),
        ([read(1, "1.3", sign="<")], {}),
        ([read(1, "1.3", -30 * HOUR, happened_until=MOMENT - 6 * HOUR)], {OUTSIDE: 1}),
        ([read(1, "1.3", -8 * HOUR, happened_until=MOMENT + 16 * HOUR)], {}),
        (
            [read(1, "1.3", 0 * HOUR), read(2, "1", -8 * HOUR, happened_until=MOMENT + 16 * HOUR)],
            {},
        ),
    ],
    ids=[
        "nothing measured",
        "the limit itself",
        "outside",
        "an earlier one was right",
        "an earlier one was wrong",
        "measured since",
        "the worst of one moment",
        "at another gate",
        "at no gate",
        "in another unit",
        "of another lot",
        "more than the limit",
        "a sign leaves it open",
        "on the day before",
        "some time that day",
        "another one some time that day",
    ],
)
def test_the_latest_result_by_then_counts(warehouse, readings, expected) -> None:
    build(warehouse, readings=readings)

    assert caught(warehouse) == expected


@pytest.mark.parametrize("word", ["HOLD", "FAIL"])
def test_only_a_pass_is_asked_about(warehouse, word) -> None:
    build(warehouse, qc_decisions=[decided(1, word=word)], readings=[read(1, "3")])

    assert caught(warehouse) == {}


def test_each_limit_of_a_gate_is_looked_at(warehouse) -> None:
    moisture = LIMIT | {"limit_id": 2, "characteristic": "moisture", "upper_bound": D("15.5")}
    build(
        warehouse,
        gate_limits=[LIMIT, moisture],
        readings=[read(1, "1.3"), read(2, "16", characteristic="moisture")],
    )

    assert caught(warehouse) == {OUTSIDE: 2}


def test_a_limit_relaxed_later_still_catches_what_passed_before(warehouse) -> None:
    """And accuses nobody of what passed under the new one."""
    old = LIMIT | {"replaced_in": 2}
    new = LIMIT | {"limit_id": 2, "upper_bound": D(2), "version_id": 2}
    build(
        warehouse,
        gate_limits=[old, new],
        readings=[read(1, "1.5", 0.5 * HOUR)],
        qc_decisions=[decided(1), decided(2, 2 * HOUR, version_id=2)],
    )

    assert caught(warehouse) == {OUTSIDE: 1}


WARM = {"limit_id": 1, "gate_id": 1, "characteristic": "dough", "unit": "C", "upper_bound": D(32)}


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([decided(1, temperature_c=D(32))], {}),
        ([decided(1, temperature_c=D("32.01"))], {OUTSIDE: 1}),
        ([decided(1, 0.5 * HOUR, "HOLD", temperature_c=D(34)), decided(2)], {OUTSIDE: 1}),
        (
            [
                decided(1, 0.5 * HOUR, "HOLD", temperature_c=D(34)),
                decided(2, temperature_c=D(30)),
            ],
            {},
        ),
    ],
    ids=["the limit itself", "outside", "of the decision before", "measured again"],
)
def test_a_decisions_temperature_is_a_result_at_a_gate_that_is_not_critical(
    warehouse, decisions, expected
) -> None:
    build(warehouse, gate_limits=[WARM], qc_decisions=decisions)

    assert caught(warehouse) == expected


@pytest.mark.parametrize(
    ("limit", "decision", "readings", "expected"),
    [
        (WARM, {"temperature_c": D(34)}, [], {CCP_OUTSIDE: 1}),
        (WARM, {"temperature_c": D(30)}, [], {}),
        (WARM, {}, [], {CCP_WITHOUT: 1}),
        (WARM, {}, [read(1, "30", characteristic="dough", unit="C")], {}),
        (
            WARM,
            {},
            [read(1, "34", 0.5 * HOUR, characteristic="dough", unit="C")],
            {CCP_WITHOUT: 1, OUTSIDE: 1},
        ),
        (WARM | {"lot_type": "MIX"}, {}, [], {}),
        (LIMIT, {}, [], {UNPROVEN: 1}),
        (LIMIT, {}, [read(1, "1.3", sign="<")], {UNPROVEN: 1}),
        (LIMIT, {}, [read(1, "1")], {}),
        (LIMIT, {}, [read(1, "2")], {OUTSIDE: 1}),
        (LIMIT | {"upper_bound": None}, {}, [], {}),
    ],
    ids=[
        "too warm",
        "fine",
        "no temperature",
        "read with it",
        "read before it",
        "another type's limit",
        "nothing measured",
        "left open",
        "kept",
        "broken",
        "no bound",
    ],
)
def test_a_critical_gate_wants_what_it_measures(
    warehouse, limit, decision, readings, expected
) -> None:
    build(
        warehouse,
        GATE | {"is_ccp": True},
        gate_limits=[limit],
        qc_decisions=[decided(1, **decision)],
        readings=readings,
    )

    assert caught(warehouse) == expected


@pytest.mark.parametrize(
    ("rule", "readings", "expected"),
    [
        (NEEDS, [], {MISSING: 1}),
        (NEEDS | {"lot_type": "RAW"}, [], {MISSING: 1}),
        (NEEDS | {"lot_type": "MIX"}, [], {}),
        (NEEDS | {"is_retired": True}, [], {}),
        (NEEDS | {"in_force_from": MOMENT + 1.001 * HOUR}, [], {}),
        (NEEDS | {"in_force_until": MOMENT + HOUR}, [], {}),
        (NEEDS | {"in_force_until": MOMENT + 1.001 * HOUR}, [], {MISSING: 1}),
        (NEEDS | {"rule": "ONE_SPECIES"}, [], {}),
        (NEEDS, [read(1, "1")], {}),
        (NEEDS, [read(1, "1", 2 * HOUR)], {MISSING: 1}),
        (NEEDS, [read(1, "2")], {OUTSIDE: 1}),
        (NEEDS, [read(1, "1", -8 * HOUR, happened_until=MOMENT + 16 * HOUR)], {}),
        (NEEDS, [read(1, "2", -8 * HOUR, happened_until=MOMENT + 16 * HOUR)], {MISSING: 1}),
    ],
    ids=[
        "asked of all",
        "asked of its type",
        "of another",
        "no more",
        "asked since",
        "asked until then",
        "asked then and no more",
        "another rule",
        "measured",
        "measured since",
        "outside",
        "some time that day",
        "outside some time that day",
    ],
)
def test_what_the_process_asks_for_is_missed(warehouse, rule, readings, expected) -> None:
    build(warehouse, process_rules=[rule], readings=readings)

    assert caught(warehouse) == expected


RESULTS = [
    (None, "3", None),
    (None, "10", None),
    *((sign, value, None) for sign in "<≤>≥" for value in ("5", "10", "20")),
    (None, None, "ok"),
    (None, None, "not ok"),
]
BOUNDS = [("5", "10", None), ("10", None, None), (None, "10", None), (None, None, "ok")]


def test_results_are_judged_as_the_record_judges_them(warehouse, transaction) -> None:
    cases = [(*result, *bounds) for result in RESULTS for bounds in BOUNDS]

    def exact(text: str | None) -> D | None:
        return None if text is None else D(text)

    wanted = {
        number: transaction.value(
            "result_keeps",
            sign=sign,
            value=exact(value),
            word=word,
            lower_bound=exact(lower),
            upper_bound=exact(upper),
            wanted=must_be,
        )
        for number, (sign, value, word, lower, upper, must_be) in enumerate(cases)
    }
    build(
        warehouse,
        gate_limits=[
            LIMIT
            | {"limit_id": number, "characteristic": str(number), "word": must_be}
            | {"lower_bound": exact(lower), "upper_bound": exact(upper)}
            for number, (*_, lower, upper, must_be) in enumerate(cases)
        ],
        readings=[
            read(number, "0", characteristic=str(number))
            | {"sign": sign, "value": exact(value), "word": word}
            for number, (sign, value, word, *_) in enumerate(cases)
        ],
    )
    found = warehouse.rows("quality.decision_values").to_dicts()

    judged = {int(row["characteristic"]): (row["is_kept"], row["is_outside"]) for row in found}
    assert judged == {n: (keeps is True, keeps is False) for n, keeps in wanted.items()}
    assert set(judged.values()) == {(True, False), (False, True), (False, False)}
