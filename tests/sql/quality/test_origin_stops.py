"""Which lots their origin stops, and which assessment lifted what, worked out by hand.

A  on HOLD at gate 1 at 8:00 (decision 1) and once more at 10:00 (3), so that 3 stands
B  rejected at 9:00 (2)
C  30 kg of A and 10 kg of B; assessed for 1 and 2, before 3 was there
D  all of C; assessed for 2 and 3, then for 2 alone
E  A alone; nobody assessed it
F  made of nothing
"""

import pytest

from tests import small_plants
from tests.small_plants import at


@pytest.fixture(scope="module")
def plant(warehouse_of_module):
    assessed = [
        (3, [1, 2], "2026-01-14 09:30"),
        (4, [2, 3], "2026-01-14 11:00"),
        (4, [2], "2026-01-14 12:00"),
    ]
    return small_plants.build(
        warehouse_of_module,
        lots={code: {"kg": 40} for code in "ABCDEF"},
        links=[("A", "C", 30), ("B", "C", 10), ("C", "D", 40), ("A", "E", 5)],
        decisions=[
            ("A", 1, "HOLD", "2026-01-14 08:00"),
            ("B", 1, "FAIL", "2026-01-14 09:00"),
            ("A", 1, "HOLD", "2026-01-14 10:00"),
        ],
        origin_assessments=[
            {
                "assessment_id": number,
                "lot_id": lot,
                "decision_ids": covered,
                "reason": "looked at by quality",
                "recorded_at": at(when),
            }
            for number, (lot, covered, when) in enumerate(assessed, 1)
        ],
    )


def test_what_stands_is_the_latest_word_at_each_gate(plant) -> None:
    rows = plant.rows("quality.standing_stops", ["lot_code", "decision_id", "decision"])

    assert sorted(rows.rows()) == [("A", 3, "HOLD"), ("B", 2, "FAIL")]


def test_an_assessment_lifts_the_decisions_it_names_and_no_later_one(plant) -> None:
    assert sorted(plant.rows("quality.stopped_lots")["lot_id"].to_list()) == [3, 5]

    found = plant.rows("quality.lot_dispositions", ["lot_code", "disposition"])
    assert dict(found.rows()) == {
        "A": "hold",
        "B": "rejected",
        "C": "stopped",
        "D": "pending",
        "E": "stopped",
        "F": "pending",
    }


def test_each_stop_stands_with_its_share_and_when_it_was_first_assessed(plant) -> None:
    names = ["lot_id", "stopping_lot_code", "decision_id", "steps", "share", "assessed_at"]
    early, later = at("2026-01-14 09:30"), at("2026-01-14 11:00")

    assert sorted(plant.rows("quality.origin_stops", names).rows()) == [
        (3, "A", 3, 1, 0.75, None),
        (3, "B", 2, 1, 0.25, early),
        (4, "A", 3, 2, 0.75, later),
        (4, "B", 2, 2, 0.25, later),
        (5, "A", 3, 1, 1.0, None),
    ]
