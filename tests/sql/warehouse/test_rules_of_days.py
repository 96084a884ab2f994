"""Rules about facts known by the day or month: only what was certainly wrong is a breach.

Lot A goes into lot B; each row below says when the one and the other may have been.
"""

from datetime import datetime, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest

from tests import plants
from tests.small_plants import gate_id
from tests.sql.warehouse.test_rules_at_their_bounds import CCP, caught

SITE = ZoneInfo("Europe/Budapest")
Span = tuple[datetime, datetime | None]


def span(text: str) -> Span:
    """Read `10 08:00` of January 2026, the whole day `10`, or a month such as `2026-01`."""
    if "-" in text:
        year, month = map(int, text.split("-"))
        return datetime(year, month, 1, tzinfo=SITE), datetime(
            year + month // 12, month % 12 + 1, 1, tzinfo=SITE
        )
    day, _, clock = text.partition(" ")
    midnight = datetime(2026, 1, int(day), tzinfo=SITE)
    if not clock:
        return midnight, midnight + timedelta(days=1)
    hour, minute = map(int, clock.split(":"))
    return midnight + timedelta(hours=hour, minutes=minute), None


def when(text: str) -> dict:
    at, until = span(text)
    return {"happened_at": at, "happened_until": until}


LINK = {"link_id": 1, "parent_lot_id": 1, "child_lot_id": 2, "quantity_kg": D(100)}
SENT = {"shipment_id": 1, "shipment_code": "S", "lot_id": 1, "customer_id": 5}
WASTE = {"movement_id": 1, "lot_id": 1, "kind": "WASTE", "quantity_kg": D(1)}


def lots(made: str, **facts) -> dict:
    return {"A": {"kg": 100, **when(made), **facts}, "B": {"lot_type": "FG", "kg": 100}}


def decisions(*said: str) -> list[dict]:
    """Write decisions about lot A at gate 1: `HOLD 10`, `PASS 11 08:00`."""
    rows = []
    for n, one in enumerate(said, start=1):
        word, _, time = one.partition(" ")
        row = {"decision_id": n, "lot_id": 1, "gate_id": gate_id(1), "decision": word}
        rows.append(row | when(time))
    return rows


BEFORE = [
    ("10 08:00", "10", False),
    ("10 08:00", "9", True),
    ("10 08:00", "2026-01", False),
    ("10 08:00", "2025-12", True),
    ("10", "10 00:00", False),
    ("10", "9 23:59", True),
    ("10", "10", False),
    ("10", "9", True),
    ("2026-01", "10", False),
    ("2026-01", "2025-12", True),
    ("2026-01", "1 00:00", False),
]


@pytest.mark.parametrize(("made", "happened", "is_breach"), BEFORE)
def test_a_fact_is_before_its_lot_where_its_whole_time_is(
    warehouse, made, happened, is_breach
) -> None:
    rows = {"lot_genealogy": [LINK | when(happened)], "lots": lots(made)}
    name = "no_lot_was_used_before_it_was_made"
    assert bool(caught(warehouse, "raw.lot_genealogy", name, **rows)) == is_breach

    later = {"lot_genealogy": [LINK | when("20")], "shipments": [SENT | when("20")]}
    for fact in (
        {"shipments": [SENT | when(happened)]},
        {"movements": [WASTE | when(happened)]},
        {"qc_decisions": decisions(f"PASS {happened}")},
    ):
        found = caught(
            warehouse,
            "raw.lots",
            "nothing_happened_to_a_lot_before_it_was_made",
            **later | fact,
            lots=lots(made),
        )
        assert bool(found) == is_breach
        for table in fact:
            plants.fill(warehouse, table, [])


@pytest.mark.parametrize(("shipped", "came_back", "is_breach"), BEFORE)
def test_goods_came_back_too_early_where_the_whole_time_is_before(
    warehouse, shipped, came_back, is_breach
) -> None:
    back = WASTE | {"kind": "RETURNED", "shipment_id": 1} | when(came_back)
    found = caught(
        warehouse,
        "raw.movements",
        "nothing_came_back_before_it_was_shipped",
        shipments=[SENT | when(shipped)],
        movements=[back],
    )
    assert bool(found) == is_breach


@pytest.mark.parametrize(
    ("said", "gone", "is_breach"),
    [
        (["HOLD 10"], "10 23:59", False),
        (["HOLD 10"], "11 00:00", True),
        (["HOLD 10"], "10", False),
        (["HOLD 10"], "11", True),
        (["HOLD 2026-01"], "20", False),
        (["HOLD 2025-12"], "2026-01", True),
        (["HOLD 10 08:00"], "10", False),
        (["HOLD 10 08:00"], "11", True),
        (["HOLD 10 00:00"], "10", True),
        (["HOLD 10 08:00", "PASS 12"], "11", True),
        (["HOLD 10 08:00", "PASS 12"], "12", False),
        (["HOLD 10 08:00", "PASS 12"], "12 08:00", False),
        (["HOLD 10 08:00", "PASS 12"], "11 23:59", True),
        (["HOLD 10 08:00", "PASS 12 08:00"], "12", False),
        (["HOLD 10 08:00", "PASS 12 00:00"], "11", True),
        (["HOLD 10 08:00", "PASS 12 08:00"], "2026-01", False),
    ],
)
def test_a_stopped_lot_went_on_where_no_part_of_the_time_was_free(
    warehouse, said, gone, is_breach
) -> None:
    rows = {
        "qc_decisions": decisions(*said),
        "lot_genealogy": [LINK | when(gone)],
        "shipments": [SENT | when(gone)],
        "movements": [WASTE | when(gone)],
    }
    for name in ("was_used", "was_shipped", "went_otherwise"):
        found = caught(
            warehouse, "quality.lot_dispositions", f"no_held_or_failed_lot_{name}", **rows
        )
        assert bool(found) == is_breach


@pytest.mark.parametrize(
    ("passed", "gone", "is_breach"),
    [
        ("10", "10 08:00", False),
        ("10", "9 23:59", True),
        ("10 08:00", "10", False),
        ("10 00:00", "9", True),
        ("10 00:00", "10", False),
        ("11", "10", True),
        ("2026-01", "1 08:00", False),
        ("2026-01", "2025-12", True),
    ],
)
def test_a_lot_left_before_its_release_where_no_pass_may_have_come_first(
    warehouse, passed, gone, is_breach
) -> None:
    release = CCP | {"is_ccp": False, "gate_type": "BLOCKING", "lot_type": "FG"}
    given = WASTE | {"kind": "DONATED"} | when(gone)
    for name in ("shipped", "given_away"):
        found = caught(
            warehouse,
            "quality.lot_dispositions",
            f"no_lot_was_{name}_before_its_final_release",
            lots=lots("1", lot_type="FG"),
            **plants.gates(release),
            qc_decisions=decisions(f"PASS {passed}"),
            shipments=[SENT | when(gone)],
            movements=[given],
        )
        assert bool(found) == is_breach


@pytest.mark.parametrize(
    ("lifted", "measured", "is_breach"),
    [
        ("10", "10 08:00", False),
        ("10", "11 00:00", True),
        ("10 08:00", "10", False),
        ("10", "11", True),
    ],
)
def test_a_result_is_answered_by_a_hold_that_may_have_stood_then(
    warehouse, lifted, measured, is_breach
) -> None:
    of = {"characteristic": "t", "unit": "1", "gate_id": gate_id(1)}
    found = caught(
        warehouse,
        "quality.lot_dispositions",
        "no_result_outside_its_limit_went_without_a_hold",
        readings=[of | {"reading_id": 1, "lot_id": 1, "word": "detected"} | when(measured)],
        gate_limits=[of | {"limit_id": 1, "word": "not detected"}],
        qc_decisions=decisions("HOLD 1", f"PASS {lifted}"),
    )
    assert bool(found) == is_breach


@pytest.mark.parametrize(
    ("made", "used", "too_long", "next_day"),
    [
        ("10", "10 12:00", False, False),
        ("10", "11 02:00", False, True),
        ("10", "11 02:01", True, True),
        ("10 08:00", "10", False, False),
        ("10 08:00", "11", True, True),
        ("10", "11", False, True),
        ("2026-01", "31", False, False),
        ("2025-12", "1 02:01", True, True),
        ("10 08:00", "2026-01", False, False),
    ],
)
def test_a_wait_and_a_later_day_are_the_least_that_may_have_been(
    warehouse, made, used, too_long, next_day
) -> None:
    rules = [
        {"rule_id": 1, "rule": "LONGEST_WAIT", "lot_type": "DEB", "hours": D(2)},
        {"rule_id": 2, "rule": "SAME_DAY", "lot_type": "DEB"},
    ]
    for name, expected in (
        ("no_lot_waited_longer_than_its_process_allows", too_long),
        ("no_lot_was_used_on_a_later_day_than_its_process_allows", next_day),
    ):
        found = caught(
            warehouse,
            "raw.lot_genealogy",
            name,
            lots=lots(made, lot_type="DEB"),
            lot_genealogy=[LINK | when(used)],
            process_rules=rules,
        )
        assert bool(found) == expected


@pytest.mark.parametrize(
    ("made", "decided", "is_breach"),
    [
        ("10", "18 00:00", False),
        ("10", "18 00:01", True),
        ("10", "19", True),
        ("2026-01", "31", False),
    ],
)
def test_a_week_runs_from_the_end_of_the_day_a_lot_was_made(
    warehouse, made, decided, is_breach
) -> None:
    name = "no_decision_came_more_than_a_week_after_its_lot"
    rows = {"lots": lots(made), "qc_decisions": decisions(f"PASS {decided}")}
    assert bool(caught(warehouse, "raw.qc_decisions", name, **rows)) == is_breach


@pytest.mark.parametrize(
    ("expires", "used", "is_breach"), [(9, "10", True), (10, "10", False), (9, "2026-01", False)]
)
def test_a_lot_had_expired_where_the_whole_time_of_its_use_is_later(
    warehouse, expires, used, is_breach
) -> None:
    found = caught(
        warehouse,
        "raw.lots",
        "no_expired_lot_was_used_or_shipped",
        lots=lots("1", expires_on=datetime(2026, 1, expires).date()),
        lot_genealogy=[LINK | when(used)],
        shipments=[],
    )
    assert bool(found) == is_breach
