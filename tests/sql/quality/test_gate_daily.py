"""Decisions by gate and day, counted by hand over both days that change the clocks.

Clocks in Budapest go forward on Sunday 2026-03-29 at 01:00 UTC and back on Sunday 2026-10-25 at
01:00 UTC. Their days begin and end, in UTC:

    29 March    from 28 March 23:00 (UTC+1) to 29 March 22:00 (UTC+2): 23 hours
    25 October  from 24 October 22:00 (UTC+2) to 25 October 23:00 (UTC+1): 25 hours
"""

from datetime import date
from decimal import Decimal as D

from tests import small_plants

LOTS = {"A": {}, "B": {}}


def days(warehouse) -> dict[tuple, int]:
    """Return the counts by gate number, day and decision."""
    rows = warehouse.rows("quality.gate_daily").to_dicts()
    counts = {
        (row["gate_number"], row["day"], row["decision"]): row["decisions_count"] for row in rows
    }
    assert len(counts) == len(rows)
    return counts


def test_a_day_that_loses_an_hour_ends_where_the_site_says(warehouse) -> None:
    small_plants.build(
        warehouse,
        models=["quality.gate_daily"],
        lots=LOTS,
        decisions=[
            ("A", 1, "PASS", "2026-03-28 22:59"),  # 23:59 on the 28th
            ("A", 1, "PASS", "2026-03-28 23:00"),  # 00:00 on the 29th
            ("A", 1, "PASS", "2026-03-29 00:59"),  # 01:59, the last minute of winter time
            ("A", 1, "PASS", "2026-03-29 01:00"),  # 03:00
            ("A", 1, "PASS", "2026-03-29 21:59"),  # 23:59 on the 29th
            ("A", 1, "PASS", "2026-03-29 22:00"),  # 00:00 on the 30th
        ],
    )

    assert days(warehouse) == {
        (D(1), date(2026, 3, 28), "PASS"): 1,
        (D(1), date(2026, 3, 29), "PASS"): 4,
        (D(1), date(2026, 3, 30), "PASS"): 1,
    }


def test_a_day_that_gains_an_hour_ends_where_the_site_says(warehouse) -> None:
    small_plants.build(
        warehouse,
        models=["quality.gate_daily"],
        lots=LOTS,
        decisions=[
            ("A", 1, "FAIL", "2026-10-24 21:59"),  # 23:59 on the 24th
            ("A", 1, "FAIL", "2026-10-24 22:00"),  # 00:00 on the 25th
            ("A", 1, "FAIL", "2026-10-25 00:30"),  # 02:30 in summer time
            ("A", 1, "FAIL", "2026-10-25 01:30"),  # 02:30 again, in winter time
            ("A", 1, "FAIL", "2026-10-25 22:59"),  # 23:59 on the 25th
            ("A", 1, "FAIL", "2026-10-25 23:00"),  # 00:00 on the 26th
        ],
    )

    assert days(warehouse) == {
        (D(1), date(2026, 10, 24), "FAIL"): 1,
        (D(1), date(2026, 10, 25), "FAIL"): 4,
        (D(1), date(2026, 10, 26), "FAIL"): 1,
    }


def test_each_decision_counts_once_at_its_gate(warehouse) -> None:
    """Repeats count: it is decisions that are counted, not lots. No gate is a row of its own."""
    small_plants.build(
        warehouse,
        models=["quality.gate_daily"],
        lots=LOTS,
        decisions=[
            ("A", 1, "HOLD", "2026-01-15 08:00"),
            ("A", 1, "HOLD", "2026-01-15 09:00"),
            ("B", 1, "HOLD", "2026-01-15 09:00"),
            ("A", 1, "PASS", "2026-01-15 10:00"),
            ("A", 6.5, "HOLD", "2026-01-15 11:00"),
            ("A", None, "HOLD", "2026-01-15 12:00"),
            ("B", None, "HOLD", "2026-01-15 13:00"),
        ],
    )
    day = date(2026, 1, 15)

    assert days(warehouse) == {
        (D(1), day, "HOLD"): 3,
        (D(1), day, "PASS"): 1,
        (D("6.5"), day, "HOLD"): 1,
        (None, day, "HOLD"): 2,
    }
    names = {
        (row["gate_number"], row["gate_name"])
        for row in warehouse.rows("quality.gate_daily").to_dicts()
    }
    assert names == {(D(1), "Gate named 1"), (D("6.5"), "Gate named 6.5"), (None, "No gate")}


def test_without_decisions_there_are_no_days(warehouse) -> None:
    small_plants.build(warehouse, models=["quality.gate_daily"], lots=LOTS)

    assert days(warehouse) == {}


def test_a_decision_known_by_its_day_is_of_that_day_and_one_known_by_its_month_of_none(
    warehouse,
) -> None:
    """The 29th of March has 23 hours and is one day; March is 31, so of none of them."""
    small_plants.build(
        warehouse,
        models=["quality.gate_daily"],
        lots=LOTS,
        decisions=[
            ("A", 1, "PASS", "2026-03-29"),
            ("A", 1, "PASS", "2026-03"),
            ("B", 1, "PASS", "2026-03"),
            ("B", 1, "PASS", "2026-03-29 10:00"),
        ],
    )

    assert days(warehouse) == {
        (D(1), date(2026, 3, 29), "PASS"): 2,
        (D(1), None, "PASS"): 2,
    }
