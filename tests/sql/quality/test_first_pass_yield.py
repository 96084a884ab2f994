"""Which lots passed a gate the first time, by hand, at both ends of two weeks.

Weeks begin on Monday, in Budapest. In UTC:

    Monday 30 March 2026    begins 29 March 22:00 (the clocks went forward on Sunday the 29th)
    Monday 26 October 2026  begins 25 October 23:00 (they went back on Sunday the 25th)
"""

from datetime import date
from decimal import Decimal as D

import pytest

from tests import small_plants

LOTS = {"A": {"lot_type": "FG"}, "B": {"lot_type": "FG"}, "C": {"lot_type": "FG"}}


def yields(warehouse) -> dict[tuple, tuple]:
    """Return started, passed and their ratio by Monday, type and gate."""
    rows = warehouse.rows("quality.first_pass_yield").to_dicts()
    found = {
        (row["week"], row["lot_type"], row["gate_number"]): (
            row["lots_started_count"],
            row["passed_first_count"],
            row["first_pass_ratio"],
        )
        for row in rows
    }
    assert len(found) == len(rows)
    return found


def test_the_first_decision_counts_and_the_last_does_not(warehouse) -> None:
    """Of three lots one passed at once: 1 / 3, though two ended with PASS and one with HOLD."""
    small_plants.build(
        warehouse,
        models=["quality.first_decisions", "quality.first_pass_yield"],
        lots=LOTS,
        decisions=[
            ("A", 1, "PASS", "2026-01-13 08:00"),
            ("A", 1, "HOLD", "2026-01-13 09:00"),
            ("B", 1, "HOLD", "2026-01-14 08:00"),
            ("B", 1, "PASS", "2026-01-14 09:00"),
            ("C", 1, "FAIL", "2026-01-15 08:00"),
            ("C", 1, "PASS", "2026-01-15 09:00"),
        ],
    )

    assert yields(warehouse) == {
        (date(2026, 1, 12), "FG", D(1)): (3, 1, pytest.approx(1 / 3)),
    }


def test_what_was_entered_late_is_taken_by_when_it_happened(warehouse) -> None:
    """The HOLD has the higher number, yet it came first."""
    small_plants.build(
        warehouse,
        models=["quality.first_decisions", "quality.first_pass_yield"],
        lots=LOTS,
        decisions=[
            ("A", 1, "PASS", "2026-01-13 09:00"),
            ("A", 1, "HOLD", "2026-01-13 08:00"),
        ],
    )

    assert yields(warehouse) == {(date(2026, 1, 12), "FG", D(1)): (1, 0, 0.0)}


def test_of_two_at_one_moment_the_one_written_first_counts(warehouse) -> None:
    small_plants.build(
        warehouse,
        models=["quality.first_decisions", "quality.first_pass_yield"],
        lots=LOTS,
        decisions=[
            ("A", 1, "PASS", "2026-01-13 09:00"),
            ("A", 1, "HOLD", "2026-01-13 09:00"),
        ],
    )

    assert yields(warehouse) == {(date(2026, 1, 12), "FG", D(1)): (1, 1, 1.0)}


def test_a_hold_about_the_lot_as_such_counts_at_the_gate_decided_next(warehouse) -> None:
    """A was held on its way to gate 8, B on its way to gate 1; C after all of its gates."""
    held = {"A": "2026-01-13 10:00", "B": "2026-01-13 07:00", "C": "2026-01-13 12:00"}
    small_plants.build(
        warehouse,
        models=["quality.first_decisions", "quality.first_pass_yield"],
        lots=LOTS,
        decisions=[
            *[(code, None, "HOLD", at) for code, at in held.items()],
            *[(code, 1, "PASS", "2026-01-13 08:00") for code in LOTS],
            *[(code, 8, "PASS", "2026-01-13 11:00") for code in LOTS],
        ],
    )

    assert yields(warehouse) == {
        (date(2026, 1, 12), "FG", D(1)): (3, 2, pytest.approx(2 / 3)),
        (date(2026, 1, 12), "FG", D(8)): (3, 2, pytest.approx(2 / 3)),
    }


def test_weeks_begin_on_the_sites_monday_when_the_clocks_change(warehouse) -> None:
    small_plants.build(
        warehouse,
        models=["quality.first_decisions", "quality.first_pass_yield"],
        lots=LOTS | {"D": {"lot_type": "FG"}},
        decisions=[
            ("A", 1, "PASS", "2026-03-29 21:59"),  # Sunday 23:59
            ("B", 1, "PASS", "2026-03-29 22:00"),  # Monday 00:00
            ("C", 1, "PASS", "2026-10-25 22:59"),  # Sunday 23:59
            ("D", 1, "PASS", "2026-10-25 23:00"),  # Monday 00:00
        ],
    )

    assert [week for week, _kind, _gate in sorted(yields(warehouse))] == [
        date(2026, 3, 23),
        date(2026, 3, 30),
        date(2026, 10, 19),
        date(2026, 10, 26),
    ]


def test_a_lot_counts_once_at_each_gate_in_the_week_it_came_there(warehouse) -> None:
    """B came on the Sunday and passed on the Monday: it counts in the Sunday's week only."""
    small_plants.build(
        warehouse,
        models=["quality.first_decisions", "quality.first_pass_yield"],
        lots=LOTS | {"M": {"lot_type": "MIX"}, "N": {}},
        decisions=[
            ("A", 1, "PASS", "2026-01-13 08:00"),
            ("A", 2, "HOLD", "2026-01-13 08:00"),
            ("B", 1, "HOLD", "2026-01-18 08:00"),
            ("B", 1, "PASS", "2026-01-19 08:00"),
            ("C", 1, "PASS", "2026-01-19 08:00"),
            ("M", 1, "PASS", "2026-01-14 08:00"),
            ("N", 1, "FAIL", "2026-01-14 08:00"),
            ("A", None, "FAIL", "2026-01-14 08:00"),  # no gate: no lot came to one
        ],
    )

    assert yields(warehouse) == {
        (date(2026, 1, 12), "FG", D(1)): (2, 1, 0.5),  # A passed, B did not
        (date(2026, 1, 12), "FG", D(2)): (1, 0, 0.0),
        (date(2026, 1, 12), "MIX", D(1)): (1, 1, 1.0),
        (date(2026, 1, 12), None, D(1)): (1, 0, 0.0),
        (date(2026, 1, 19), "FG", D(1)): (1, 1, 1.0),  # C
    }
