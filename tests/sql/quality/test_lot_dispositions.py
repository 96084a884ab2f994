"""What the latest decisions make of each lot: a table of cases, decided by hand."""

from datetime import date

import pytest

from tests import plants, small_plants
from tests.small_plants import at

CASES = [
    ("no decision", [], "pending", None),
    ("one pass", [(1, "PASS", "08:00")], "released", "08:00"),
    ("one hold", [(1, "HOLD", "08:00")], "hold", "08:00"),
    ("one fail", [(1, "FAIL", "08:00")], "rejected", "08:00"),
    ("hold, then pass", [(1, "HOLD", "08:00"), (1, "PASS", "09:00")], "released", "09:00"),
    ("hold, then fail", [(1, "HOLD", "08:00"), (1, "FAIL", "09:00")], "rejected", "09:00"),
    ("fail, then pass", [(1, "FAIL", "08:00"), (1, "PASS", "09:00")], "released", "09:00"),
    ("pass, then hold", [(1, "PASS", "08:00"), (1, "HOLD", "09:00")], "hold", "09:00"),
    ("hold repeated", [(1, "HOLD", "08:00"), (1, "HOLD", "09:00")], "hold", "09:00"),
    ("a pass at another gate", [(1, "HOLD", "08:00"), (2, "PASS", "09:00")], "hold", "09:00"),
    ("fail beats hold", [(1, "FAIL", "08:00"), (2, "HOLD", "09:00")], "rejected", "09:00"),
    ("no gate holds", [(1, "PASS", "09:00"), (None, "HOLD", "08:00")], "hold", "09:00"),
    (
        "no gate lifts its own",
        [(None, "HOLD", "08:00"), (None, "PASS", "09:00")],
        "released",
        "09:00",
    ),
    ("no gate lifts no gate's", [(1, "HOLD", "08:00"), (None, "PASS", "09:00")], "hold", "09:00"),
    ("written late", [(1, "PASS", "09:00"), (1, "FAIL", "08:00")], "released", "09:00"),
    ("at one moment", [(1, "PASS", "08:00"), (1, "HOLD", "08:00")], "hold", "08:00"),
]


@pytest.fixture(scope="module")
def dispositions(warehouse_of_module) -> dict[str, dict]:
    """Build one plant with a lot a case."""
    small_plants.build(
        warehouse_of_module,
        models=plants.DISPOSITIONS,
        lots={code: {"lot_type": "MIX"} for code, *_rest in CASES},
        decisions=[
            (code, gate, word, f"2026-01-14 {when}")
            for code, decided, *_rest in CASES
            for gate, word, when in decided
        ],
    )
    rows = warehouse_of_module.rows("quality.lot_dispositions").to_dicts()
    assert len(rows) == len(CASES)
    return {row["lot_code"]: row for row in rows}


@pytest.mark.parametrize(
    ("code", "decided", "disposition", "last"), CASES, ids=[case[0] for case in CASES]
)
def test_the_latest_decision_at_each_gate_counts(
    dispositions, code, decided, disposition, last
) -> None:
    lot = dispositions[code]

    assert lot["disposition"] == disposition
    assert lot["decisions_count"] == len(decided)
    assert lot["decided_at"] == (None if last is None else at(f"2026-01-14 {last}"))
    assert lot["lot_type"] == "MIX"


GATES = [
    {"gate_id": n, "gate_number": n, "phase_id": 1, "name_en": f"G{n}", "name_hu": ""}
    | {"lot_type": kind, "gate_type": firmness, "is_ccp": False}
    for n, kind, firmness in (
        (5, "MIX", "CHECKPOINT"),
        (6, "MIX", "INFO"),
        (8, "FG", "BLOCKING"),
        (9, None, "CHECKPOINT"),
    )
]
# The gates where each lot passed; what it is then, and for which gates it waits.
PASSES = [
    ("MIX", [], "pending", [5, 6]),
    ("MIX", [5], "pending", [6]),
    ("MIX", [5, 6], "released", []),
    ("MIX", [8, 9, None], "pending", [5, 6]),  # at another type's gate, at anybody's, at none
    ("FG", [5, 6], "pending", [8]),
    ("FG", [8], "released", []),
    ("RAW", [], "pending", []),  # no gate serves it: it waits for any decision
    ("RAW", [None], "released", []),
    (None, [5, 6], "pending", [8]),  # without a type: every blocking gate
    (None, [8], "released", []),
]


def test_released_means_that_every_gate_of_the_type_was_passed(warehouse) -> None:
    for table, rows in plants.gates(*GATES).items():
        plants.fill(warehouse, table, rows)
    plants.fill(
        warehouse,
        "lots",
        [
            {"lot_id": n, "lot_code": f"L{n}", "lot_type": kind}
            for n, (kind, *_rest) in enumerate(PASSES)
        ],
    )
    passed = [(n, gate) for n, (_kind, gates, *_rest) in enumerate(PASSES) for gate in gates]
    plants.fill(
        warehouse,
        "qc_decisions",
        [
            {"decision_id": number, "lot_id": n, "gate_id": gate, "decision": "PASS"}
            for number, (n, gate) in enumerate(passed)
        ],
    )
    plants.build(warehouse, "genealogy.ancestries", *plants.DISPOSITIONS)

    rows = warehouse.rows("quality.lot_dispositions").sort("lot_id").to_dicts()
    assert [(row["lot_type"], row["disposition"], row["waits_for"]) for row in rows] == [
        (kind, disposition, waits_for) for kind, _gates, disposition, waits_for in PASSES
    ]


def test_a_lot_expires_when_the_sites_day_ends(warehouse) -> None:
    """Copied at 23:30 UTC on the 15th, half past midnight on the 16th in Budapest."""
    days = {"A": date(2026, 1, 14), "B": date(2026, 1, 15), "C": date(2026, 1, 16), "D": None}
    small_plants.build(
        warehouse,
        models=["genealogy.ancestries", *plants.DISPOSITIONS],
        lots={code: {"expires_on": day} for code, day in days.items()},
        copied_at="2026-01-15 23:30",
    )

    rows = warehouse.rows("quality.lot_dispositions", ["lot_code", "disposition", "is_expired"])
    assert sorted(rows.rows()) == [
        ("A", "expired", True),
        ("B", "expired", True),
        ("C", "pending", False),
        ("D", "pending", False),
    ]
