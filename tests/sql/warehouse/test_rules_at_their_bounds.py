"""Where each rule begins to catch: the last value it lets pass and the first it does not.

The plant is made at 08:00; a lot of 100 kg, A, goes into B at 10:00; B is shipped at 12:00.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from sql.warehouse.breaches import breaches
from sql.warehouse.rules import rules_of
from tests import plants, small_plants
from tests.plants import MOMENT
from tests.small_plants import gate_id

HOUR = timedelta(hours=1)
WEEK = 7 * 24 * HOUR
DECISION = {"decision_id": 1, "lot_id": 1, "decision": "PASS"}
CCP = {
    "gate_id": gate_id(1),
    "gate_number": D(1),
    "phase_id": 1,
    "name_en": "Receipt",
    "name_hu": "",
    "gate_type": "CHECKPOINT",
    "is_ccp": True,
}
LIMITS = {
    "limit_id": 1,
    "gate_id": gate_id(1),
    "characteristic": "t",
    "unit": "C",
    "lower_bound": D("-2"),
    "upper_bound": D("4"),
}


def decided(*decisions: tuple[float | None, str, float]) -> list[dict]:
    """Write decisions about lot A: gate number, word, hours after the plant was made."""
    return [
        {
            "decision_id": n,
            "lot_id": 1,
            "gate_id": None if gate is None else gate_id(gate),
            "decision": word,
            "happened_at": MOMENT + hours * HOUR,
        }
        for n, (gate, word, hours) in enumerate(decisions, start=1)
    ]


def caught(warehouse, table: str, name: str, **tables) -> list[str]:
    """Build the plant with these rows in it, and return the lots that break one rule."""
    moved = {"lot_genealogy": 2 * HOUR, "shipments": 4 * HOUR}
    used = {"link_id": 1, "parent_lot_id": 1, "child_lot_id": 2, "quantity_kg": D(100)}
    sent = {"shipment_id": 1, "shipment_code": "S", "lot_id": 1, "customer_id": 5}
    lots = tables.pop("lots", {"A": {"kg": 100}, "B": {"lot_type": "FG", "kg": 100}})
    rows: dict[str, Any] = {"lot_genealogy": [used], "shipments": [sent], **tables}
    for copied, later in moved.items():
        rows[copied] = [{"happened_at": MOMENT + later} | row for row in rows[copied]]
    customer = {"partner_id": 5, "partner_code": "K", "name": "K", "role": "CUSTOMER"}
    shipped = rows.pop("shipments")
    rows = plants.gates(CCP) | rows
    small_plants.write(warehouse, lots=lots, **rows)
    for copied, written in {"partners": [customer], "shipments": shipped}.items():
        plants.fill(warehouse, copied, written)
    (rule,) = [rule for rule in rules_of(table) if rule.name == name]
    plants.build_for(warehouse, rule)
    return [row["lot_code"] for row in breaches(warehouse, rule).to_dicts()]


@pytest.mark.parametrize(
    ("celsius", "expected"), [("-2.01", ["A"]), ("-2", []), ("4", []), ("4.01", ["A"])]
)
def test_both_critical_limits_may_be_reached_and_not_passed(warehouse, celsius, expected) -> None:
    decision = DECISION | {"gate_id": gate_id(1), "temperature_c": D(celsius)}
    found = caught(
        warehouse,
        "quality.decision_gates",
        "no_pass_was_given_outside_a_critical_limit",
        qc_decisions=[decision],
        gate_limits=[LIMITS],
    )

    assert found == expected


@pytest.mark.parametrize(("word", "expected"), [("PASS", ["A"]), ("HOLD", []), ("FAIL", [])])
def test_only_a_pass_breaks_a_critical_limit(warehouse, word, expected) -> None:
    decision = {"decision": word, "gate_id": gate_id(1), "temperature_c": D(9)}
    found = caught(
        warehouse,
        "quality.decision_gates",
        "no_pass_was_given_outside_a_critical_limit",
        qc_decisions=[DECISION | decision],
        gate_limits=[LIMITS],
    )

    assert found == expected


@pytest.mark.parametrize(("after", "expected"), [(WEEK, []), (WEEK + timedelta(seconds=1), ["A"])])
def test_a_decision_may_come_a_week_after_its_lot(warehouse, after, expected) -> None:
    found = caught(
        warehouse,
        "raw.qc_decisions",
        "no_decision_came_more_than_a_week_after_its_lot",
        qc_decisions=[DECISION | {"happened_at": MOMENT + after}],
    )

    assert found == expected


@pytest.mark.parametrize(("used", "expected"), [(timedelta(0), []), (-timedelta(seconds=1), ["A"])])
def test_a_lot_may_be_used_at_the_moment_it_was_made(warehouse, used, expected) -> None:
    link = {"link_id": 1, "parent_lot_id": 1, "child_lot_id": 2, "happened_at": MOMENT + used}
    found = caught(
        warehouse, "raw.lot_genealogy", "no_lot_was_used_before_it_was_made", lot_genealogy=[link]
    )

    assert found == expected


@pytest.mark.parametrize(
    ("made", "expected"), [(timedelta(seconds=59), []), (timedelta(minutes=1), ["A"] * 4)]
)
def test_what_happens_in_the_minute_in_which_a_lot_was_made_is_late_enough(
    warehouse, made, expected
) -> None:
    """People type minutes: 08:00 stands for all that is 08:00 and some seconds."""
    lots = {"A": {"kg": 100, "happened_at": MOMENT + made}, "B": {"lot_type": "FG", "kg": 100}}
    link = {"link_id": 1, "parent_lot_id": 1, "child_lot_id": 2, "happened_at": MOMENT}
    sent = {"shipment_id": 1, "shipment_code": "S", "lot_id": 1, "customer_id": 5}
    read = {"reading_id": 1, "lot_id": 1, "characteristic": "pH", "unit": "1", "value": D(6)}
    facts = {
        "lot_genealogy": [link],
        "shipments": [sent | {"happened_at": MOMENT}],
        "readings": [read],
        "qc_decisions": decided((None, "PASS", 0)),
    }
    found = [
        *caught(
            warehouse, "raw.lot_genealogy", "no_lot_was_used_before_it_was_made", lots=lots, **facts
        ),
        *caught(
            warehouse,
            "raw.lots",
            "nothing_happened_to_a_lot_before_it_was_made",
            lots=lots,
            **facts,
        ),
    ]

    assert found == expected


@pytest.mark.parametrize(
    ("lot_type", "decisions", "expected"),
    [
        ("FG", [(8, "PASS", 4)], []),
        ("FG", [(8, "PASS", 4.01)], []),
        ("FG", [(8, "PASS", 4.02)], ["A"]),
        ("FG", [(8, "PASS", 2), (8, "HOLD", 3)], []),  # another rule names that one
        ("FG", [(1, "PASS", 2)], ["A"]),
        ("FG", [], ["A"]),
        ("RAW", [], []),
        (None, [], ["A"]),
    ],
)
def test_a_lot_may_leave_in_the_minute_of_its_final_release(
    warehouse, lot_type, decisions, expected
) -> None:
    release = CCP | {"gate_id": gate_id(8), "gate_number": D(8), "is_ccp": False}
    found = caught(
        warehouse,
        "quality.lot_dispositions",
        "no_lot_was_shipped_before_its_final_release",
        lots={"A": {"kg": 100, "lot_type": lot_type}, "B": {"lot_type": "RAW", "kg": 100}},
        **plants.gates(CCP, release | {"gate_type": "BLOCKING", "lot_type": "FG"}),
        qc_decisions=decided(*decisions),
    )

    assert found == expected


def broken_results(
    warehouse, result: str, *limits: dict, decisions=(), at: int | None = 1, **tables
) -> int:
    """Count the findings about one result of lot A at a gate (None: none), measured at 10:00."""
    sign, digits = (result[0], result[1:]) if result[0] in "<>≤≥" else (None, result)
    is_word = digits[0].isalpha()
    of = {"characteristic": "t", "unit": "C", "gate_id": gate_id(1)}
    found = {
        "reading_id": 1,
        "lot_id": 1,
        "sign": sign,
        "word": digits if is_word else None,
        "value": None if is_word else D(digits),
        "happened_at": MOMENT + 2 * HOUR,
    }
    rows = caught(
        warehouse,
        "quality.lot_dispositions",
        "no_result_outside_its_limit_went_without_a_hold",
        readings=[of | found | {"gate_id": at and gate_id(at)}],
        gate_limits=[of | {"limit_id": n} | limit for n, limit in enumerate(limits, start=1)],
        qc_decisions=decided(*decisions),
        **tables,
    )
    assert set(rows) <= {"A"}
    return len(rows)


@pytest.mark.parametrize(
    ("result", "limits", "expected"),
    [
        ("2", [{"lower_bound": D(2), "upper_bound": D(4)}], 0),
        ("4", [{"lower_bound": D(2), "upper_bound": D(4)}], 0),
        ("1.999", [{"lower_bound": D(2)}], 1),
        ("4.001", [{"upper_bound": D(4)}], 1),
        ("1.999", [{"upper_bound": D(4)}], 0),
        ("<5", [{"upper_bound": D(4)}], 0),  # may keep it: nothing is said
        ("<2", [{"lower_bound": D(2)}], 1),
        ("≤2", [{"lower_bound": D(2)}], 0),
        (">4", [{"upper_bound": D(4)}], 1),
        ("≥4", [{"upper_bound": D(4)}], 0),
        ("≥5", [{"upper_bound": D(4)}], 1),
        ("detected", [{"word": "not detected"}], 1),
        ("not detected", [{"word": "not detected"}], 0),
        ("detected", [{"word": "detected"}], 0),
        ("detected", [], 1),
        ("not ok", [], 1),
        ("ok", [], 0),
        ("99", [], 0),
        ("5", [{"upper_bound": D(4)}, {"upper_bound": D(6)}], 0),  # the newest counts
        ("5", [{"upper_bound": D(6)}, {"upper_bound": D(4)}], 1),
    ],
)
def test_a_result_may_reach_its_limit_and_not_pass_it(warehouse, result, limits, expected) -> None:
    assert broken_results(warehouse, result, *limits) == expected


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([(None, "HOLD", 3)], 0),
        ([(1, "FAIL", 3)], 0),
        ([(1, "HOLD", 3), (1, "PASS", 4)], 0),  # lifted since, signed and with a reason
        ([(1, "HOLD", 0), (1, "PASS", 3)], 0),  # stood when it was measured
        ([(1, "HOLD", 0), (1, "PASS", 2)], 1),
        ([(1, "PASS", 3)], 1),  # says nothing of the result
    ],
)
def test_a_hold_or_fail_then_or_since_answers_a_result(warehouse, decisions, expected) -> None:
    wanted = {"word": "not detected"}
    assert broken_results(warehouse, "detected", wanted, decisions=decisions) == expected


STOPS = [
    pytest.param([(1, "HOLD", 1)], True, True, id="held before"),
    pytest.param([(1, "HOLD", 2)], True, True, id="held at the moment of use"),
    pytest.param([(1, "HOLD", 3)], False, True, id="held between use and shipment"),
    pytest.param([(1, "HOLD", 4)], False, True, id="held at the moment of shipment"),
    pytest.param([(1, "HOLD", 5)], False, False, id="held after both"),
    pytest.param([(1, "HOLD", 0), (1, "PASS", 2)], False, False, id="lifted at the moment of use"),
    pytest.param([(1, "HOLD", 0), (1, "PASS", 3)], True, False, id="lifted between"),
    pytest.param([(1, "HOLD", 0), (1, "PASS", 4)], True, False, id="lifted at the shipment"),
    pytest.param([(1, "HOLD", 0), (1, "FAIL", 1)], True, True, id="a hold ended by FAIL"),
    pytest.param([(1, "HOLD", 0), (2, "PASS", 1)], True, True, id="passed at another gate"),
    pytest.param([(None, "HOLD", 0)], True, True, id="held as such"),
    pytest.param(
        [(None, "HOLD", 0), (None, "PASS", 1)], False, False, id="held and lifted as such"
    ),
    pytest.param([(1, "PASS", 0)], False, False, id="never stopped"),
]


@pytest.mark.parametrize(("decisions", "was_used", "was_shipped"), STOPS)
def test_what_stood_in_the_way_of_use_and_shipment_is_seen_to_the_moment(
    warehouse, decisions, was_used, was_shipped
) -> None:
    table, rows = "quality.lot_dispositions", {"qc_decisions": decided(*decisions)}

    assert bool(caught(warehouse, table, "no_held_or_failed_lot_was_used", **rows)) == was_used
    assert (
        bool(caught(warehouse, table, "no_held_or_failed_lot_was_shipped", **rows)) == was_shipped
    )


@pytest.mark.parametrize(
    ("kind", "weight", "expected"),
    [
        ("FG", 104, []),
        ("FG", 106, ["B"]),
        ("FG", 96, []),
        ("FG", 94, ["B"]),
        ("MIX", 94, ["B"]),
        ("RAW", 94, []),
        (None, 94, []),
    ],
)
def test_yields_are_held_to_5_percent_in_the_stages_that_make(
    warehouse, kind, weight, expected
) -> None:
    found = caught(
        warehouse,
        "genealogy.mass_balance",
        "every_yield_is_within_tolerance",
        lots={"A": {"kg": 100}, "B": {"lot_type": kind, "kg": weight}},
    )

    assert found == expected


@pytest.mark.parametrize(("weight", "expected"), [(100, []), (99.999, ["A"]), (None, [])])
def test_a_lot_may_give_out_just_what_it_holds(warehouse, weight, expected) -> None:
    found = caught(
        warehouse,
        "genealogy.mass_balance",
        "no_lot_gives_out_more_than_it_holds",
        lots={"A": {"kg": weight}, "B": {"kg": 100}},
    )

    assert found == expected


@pytest.mark.parametrize(
    ("after", "expected"), [(timedelta(hours=2), []), (timedelta(hours=2, seconds=1), ["A"])]
)
def test_a_lot_may_wait_as_long_as_its_process_allows(warehouse, after, expected) -> None:
    found = caught(
        warehouse,
        "raw.lot_genealogy",
        "no_lot_waited_longer_than_its_process_allows",
        lots={"A": {"kg": 100, "lot_type": "DEB"}, "B": {"kg": 100}},
        process_rules=[
            {"rule_id": 3, "rule": "LONGEST_WAIT", "lot_type": "DEB", "hours": D(2)},
            {"rule_id": 4, "rule": "LONGEST_WAIT", "lot_type": "MIX", "hours": D(1)},
        ],
        lot_genealogy=[
            {"link_id": 1, "parent_lot_id": 1, "child_lot_id": 2, "happened_at": MOMENT + after}
        ],
    )

    assert found == expected


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        (datetime(2026, 1, 15, 22, 59, 59, tzinfo=UTC), []),  # 23:59:59 in Budapest
        (datetime(2026, 1, 15, 23, tzinfo=UTC), ["A"]),
    ],
)
def test_a_lot_of_the_day_may_be_used_until_the_sites_midnight(warehouse, used, expected) -> None:
    found = caught(
        warehouse,
        "raw.lot_genealogy",
        "no_lot_was_used_on_a_later_day_than_its_process_allows",
        lots={"A": {"kg": 100, "lot_type": "DEB"}, "B": {"kg": 100}},
        process_rules=[{"rule_id": 3, "rule": "SAME_DAY", "lot_type": "DEB"}],
        lot_genealogy=[{"link_id": 1, "parent_lot_id": 1, "child_lot_id": 2, "happened_at": used}],
    )

    assert found == expected


@pytest.mark.parametrize(
    ("result", "expected"), [("4", 0), ("6", 0), ("6.01", 1), ("1", 0), ("-9", 0)]
)
def test_a_result_at_no_gate_keeps_the_mildest_limit_of_its_types_gates(
    warehouse, result, expected
) -> None:
    """Gate 1 wants 2 to 4, gate 2 at most 6; gate 3, of another type, wants at most 1."""
    types = {1: "RAW", 2: "RAW", 3: "FG"}
    gates = [
        CCP | {"gate_id": gate_id(n), "gate_number": D(n), "lot_type": types[n]} for n in types
    ]
    found = broken_results(
        warehouse,
        result,
        {"lower_bound": D(2), "upper_bound": D(4)},
        {"gate_id": gate_id(2), "upper_bound": D(6)},
        {"gate_id": gate_id(3), "upper_bound": D(1)},
        at=None,
        lots={"A": {"kg": 100, "lot_type": "RAW"}, "B": {"lot_type": "FG", "kg": 100}},
        **plants.gates(*gates),
    )

    assert found == expected
