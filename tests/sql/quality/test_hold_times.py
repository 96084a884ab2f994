"""When each hold ended and how many hours it lasted, by hand, to the moment of the copy."""

from decimal import Decimal as D

import pytest

from tests import small_plants
from tests.small_plants import at

LOTS = {"A": {}, "B": {}}


def holds(warehouse) -> list[tuple]:
    """Return lot, gate, begin, end, what ended it, hours and whether it is open, by begin."""
    rows = warehouse.rows("quality.hold_times").sort("held_at", "lot_code").to_dicts()
    assert len({row["decision_id"] for row in rows}) == len(rows)
    return [
        (
            row["lot_code"],
            row["gate_number"],
            row["held_at"],
            row["ended_at"],
            row["ended_by"],
            row["hours"],
            row["is_open"],
        )
        for row in rows
    ]


def held(warehouse, *decisions, copied_at: str = "2026-01-16 08:00") -> list[tuple]:
    small_plants.build(
        warehouse,
        lots=LOTS,
        decisions=decisions,
        copied_at=copied_at,
        models=["quality.hold_times"],
    )
    return holds(warehouse)


def test_a_hold_lasts_until_its_pass_or_fail(warehouse) -> None:
    """08:00 to 20:30 is 12.5 hours; 09:00 to 09:45 is 0.75."""
    assert held(
        warehouse,
        ("A", 1, "HOLD", "2026-01-14 08:00"),
        ("A", 1, "PASS", "2026-01-14 20:30"),
        ("B", 1, "HOLD", "2026-01-14 09:00"),
        ("B", 1, "FAIL", "2026-01-14 09:45"),
    ) == [
        ("A", D(1), at("2026-01-14 08:00"), at("2026-01-14 20:30"), "PASS", 12.5, False),
        ("B", D(1), at("2026-01-14 09:00"), at("2026-01-14 09:45"), "FAIL", 0.75, False),
    ]


def test_an_open_hold_is_as_old_as_the_copy(warehouse) -> None:
    """From 14 January 08:00 to the copy of 16 January 11:15: 48 + 3.25 hours."""
    assert held(warehouse, ("A", 1, "HOLD", "2026-01-14 08:00"), copied_at="2026-01-16 11:15") == [
        ("A", D(1), at("2026-01-14 08:00"), None, None, 51.25, True)
    ]


def test_a_repeated_hold_is_one_hold_from_its_first(warehouse) -> None:
    """Held at 08:00, again at 10:00 and 11:00, failed at 12:00: one row of 4 hours."""
    assert held(
        warehouse,
        ("A", 1, "HOLD", "2026-01-14 08:00"),
        ("A", 1, "HOLD", "2026-01-14 10:00"),
        ("A", 1, "HOLD", "2026-01-14 11:00"),
        ("A", 1, "FAIL", "2026-01-14 12:00"),
    ) == [("A", D(1), at("2026-01-14 08:00"), at("2026-01-14 12:00"), "FAIL", 4.0, False)]


def test_a_lot_held_again_after_its_pass_has_two_holds(warehouse) -> None:
    """The second is open: 15 January 08:00 to 16 January 08:00 is 24 hours."""
    assert held(
        warehouse,
        ("A", 1, "HOLD", "2026-01-14 08:00"),
        ("A", 1, "PASS", "2026-01-14 09:00"),
        ("A", 1, "PASS", "2026-01-14 10:00"),
        ("A", 1, "HOLD", "2026-01-15 08:00"),
        ("A", 1, "HOLD", "2026-01-15 09:00"),
    ) == [
        ("A", D(1), at("2026-01-14 08:00"), at("2026-01-14 09:00"), "PASS", 1.0, False),
        ("A", D(1), at("2026-01-15 08:00"), None, None, 24.0, True),
    ]


def test_gates_and_no_gate_end_only_their_own_holds(warehouse) -> None:
    """At gate 1 open for 22 hours, at gate 2 ended after 1, as such ended after 2."""
    assert held(
        warehouse,
        ("A", 1, "HOLD", "2026-01-15 10:00"),
        ("A", 2, "HOLD", "2026-01-15 11:00"),
        ("A", None, "HOLD", "2026-01-15 12:00"),
        ("A", 2, "PASS", "2026-01-15 12:00"),
        ("B", 1, "PASS", "2026-01-15 13:00"),
        ("A", None, "PASS", "2026-01-15 14:00"),
    ) == [
        ("A", D(1), at("2026-01-15 10:00"), None, None, 22.0, True),
        ("A", D(2), at("2026-01-15 11:00"), at("2026-01-15 12:00"), "PASS", 1.0, False),
        ("A", None, at("2026-01-15 12:00"), at("2026-01-15 14:00"), "PASS", 2.0, False),
    ]


def test_a_pass_dated_before_the_hold_does_not_end_it(warehouse) -> None:
    """Written later, yet it happened before: the hold is open, 15 January 10:00 to 16, 08:00."""
    assert held(
        warehouse,
        ("A", 1, "HOLD", "2026-01-15 10:00"),
        ("A", 1, "PASS", "2026-01-15 09:00"),
    ) == [("A", D(1), at("2026-01-15 10:00"), None, None, 22.0, True)]


@pytest.mark.parametrize(
    ("begin", "end", "on_the_clock"),
    [
        # Both stand from noon to noon of the site's clock.
        ("2026-03-28 11:00", "2026-03-29 10:00", 23.0),
        ("2026-10-24 10:00", "2026-10-25 11:00", 25.0),
    ],
)
def test_hours_are_those_that_passed_when_the_clocks_change(
    warehouse, begin, end, on_the_clock
) -> None:
    (ended,) = held(warehouse, ("A", 1, "HOLD", begin), ("A", 1, "PASS", end))

    assert ended[5] == on_the_clock


def test_lots_that_were_never_held_have_no_hold(warehouse) -> None:
    assert held(warehouse, ("A", 1, "PASS", "2026-01-14 08:00")) == []


def test_nobody_can_tell_the_hours_of_a_hold_whose_day_alone_is_known(warehouse) -> None:
    """From some time of the 14th to 12:00 of the 16th: between 37 and 61 hours, so none is said."""
    told = held(
        warehouse,
        ("A", 1, "HOLD", "2026-01-14"),
        ("A", 1, "PASS", "2026-01-16 11:00"),
        ("B", 1, "HOLD", "2026-01-14 09:00"),
        ("B", 1, "FAIL", "2026-02"),
        ("A", 2, "HOLD", "2026-02"),
        copied_at="2026-03-16 08:00",
    )

    assert [(lot, gate, hours, is_open) for lot, gate, _, _, _, hours, is_open in told] == [
        ("A", D(1), None, False),
        ("B", D(1), None, False),
        ("A", D(2), None, True),
    ]
    ends = warehouse.rows("quality.hold_times").sort("held_at")[["held_until", "ended_until"]]
    assert ends.rows() == [
        (at("2026-01-14 23:00"), None),
        (None, at("2026-02-28 23:00")),
        (at("2026-02-28 23:00"), None),
    ]
