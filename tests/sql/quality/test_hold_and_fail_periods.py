"""From when until when each HOLD and FAIL stood in the way, by hand."""

from tests import small_plants
from tests.small_plants import at


def periods(warehouse, *decisions) -> list[tuple]:
    """Return number, decision, begin and end of every period, by number."""
    small_plants.build(
        warehouse,
        lots={"A": {}, "B": {}},
        decisions=decisions,
        models=["quality.hold_and_fail_periods"],
    )
    rows = warehouse.rows("quality.hold_and_fail_periods").sort("decision_id").to_dicts()
    return [(r["decision_id"], r["decision"], r["decided_at"], r["ended_at"]) for r in rows]


def test_each_ends_with_the_next_decision_at_its_gate_whatever_that_says(warehouse) -> None:
    assert periods(
        warehouse,
        ("A", 1, "HOLD", "2026-01-14 08:00"),
        ("A", 1, "HOLD", "2026-01-14 09:00"),
        ("A", 1, "FAIL", "2026-01-14 10:00"),
        ("A", 1, "PASS", "2026-01-14 11:00"),
        ("A", 1, "HOLD", "2026-01-14 12:00"),
    ) == [
        (1, "HOLD", at("2026-01-14 08:00"), at("2026-01-14 09:00")),
        (2, "HOLD", at("2026-01-14 09:00"), at("2026-01-14 10:00")),
        (3, "FAIL", at("2026-01-14 10:00"), at("2026-01-14 11:00")),
        (5, "HOLD", at("2026-01-14 12:00"), None),
    ]


def test_another_gate_or_lot_ends_nothing(warehouse) -> None:
    assert periods(
        warehouse,
        ("A", 1, "HOLD", "2026-01-14 08:00"),
        ("A", None, "FAIL", "2026-01-14 08:30"),
        ("A", 2, "PASS", "2026-01-14 09:00"),
        ("B", 1, "PASS", "2026-01-14 09:00"),
        ("A", None, "PASS", "2026-01-14 10:00"),
    ) == [
        (1, "HOLD", at("2026-01-14 08:00"), None),
        (2, "FAIL", at("2026-01-14 08:30"), at("2026-01-14 10:00")),
    ]


def test_of_two_at_one_moment_the_later_written_ends_the_other(warehouse) -> None:
    assert periods(
        warehouse,
        ("A", 1, "HOLD", "2026-01-14 08:00"),
        ("A", 1, "PASS", "2026-01-14 08:00"),
    ) == [(1, "HOLD", at("2026-01-14 08:00"), at("2026-01-14 08:00"))]
