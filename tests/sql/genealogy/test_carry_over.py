"""How far carry-over reaches: stretches between clean breaks, by hand and by walking day by day."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal as D

from hypothesis import given, settings
from hypothesis import strategies as st

from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.plants import MOMENT

FIRST = MOMENT.date()
STAGES = ["RAW", "DEB", "BULK", "MIX", "SKW", "FRZ", "FG"]


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def stretches(warehouse: Warehouse, lots: Sequence[tuple[int, str | None]], links) -> list[tuple]:
    """Write lots of (day, type), numbered from 1, and links; give what the model makes of them."""
    plants.fill(
        warehouse,
        "lots",
        [
            {
                "lot_id": n,
                "lot_code": f"L{n}",
                "lot_type": kind,
                "happened_at": MOMENT + timedelta(days=day),
            }
            for n, (day, kind) in enumerate(lots, start=1)
        ],
    )
    plants.fill(
        warehouse,
        "lot_genealogy",
        [
            {"link_id": at, "parent_lot_id": parent, "child_lot_id": child, "quantity_kg": D(2)}
            for at, (parent, child) in enumerate(links, start=1)
        ],
    )
    plants.build(warehouse, "genealogy.carry_over")
    rows = warehouse.rows("genealogy.carry_over").sort("first_day").to_dicts()
    return [
        (
            row["first_day"],
            row["last_day"],
            row["days_count"],
            row["lots_count"],
            row["links_count"],
            row["carried_kg"],
            row["lot_types"],
        )
        for row in rows
    ]


def test_a_plant_that_carries_nothing_over_breaks_clean_each_day(warehouse: Warehouse) -> None:
    lots = [(0, "RAW"), (3, "BULK"), (4, "BULK"), (9, "FG")]
    assert stretches(warehouse, lots, [(1, 2), (1, 3), (2, 4)]) == [
        (on(3), on(3), 1, 1, 0, 0, ""),
        (on(4), on(4), 1, 1, 0, 0, ""),
        (on(9), on(9), 1, 1, 0, 0, ""),
    ]


def test_days_that_feed_one_another_are_one_stretch(warehouse: Warehouse) -> None:
    lots = [(0, "RAW"), (1, "BULK"), (2, "BULK"), (4, "BULK"), (5, "BULK")]
    links = [(1, 2), (1, 3), (2, 3), (3, 4), (1, 4), (1, 5)]

    assert stretches(warehouse, lots, links) == [
        (on(1), on(4), 3, 3, 2, 4, "BULK"),
        (on(5), on(5), 1, 1, 0, 0, ""),
    ]


def test_rework_from_a_later_stage_ties_every_day_between(warehouse: Warehouse) -> None:
    """What was skewered on day 1 and mixed again on day 4 spans day 2, whatever was made then."""
    lots = [(0, "RAW"), (1, "SKW"), (2, "BULK"), (4, "MIX")]
    assert stretches(warehouse, lots, [(1, 2), (1, 3), (2, 4)]) == [
        (on(1), on(4), 3, 3, 1, 2, "MIX")
    ]


def test_types_stand_in_the_order_of_the_stages(warehouse: Warehouse) -> None:
    lots = [(1, "BULK"), (1, "MIX"), (2, "MIX"), (2, "BULK")]
    found = stretches(warehouse, lots, [(2, 3), (1, 4)])

    assert found[0][-1] == "BULK, MIX"


def test_lots_without_a_type_carry_nothing_over(warehouse: Warehouse) -> None:
    assert stretches(warehouse, [(0, None), (1, None)], [(1, 2)]) == []


@settings(max_examples=60)
@given(st.data())
def test_stretches_are_those_of_a_walk_over_the_days(tmp_path_factory, data) -> None:
    size = data.draw(st.integers(2, 10))
    lots = [
        (data.draw(st.integers(0, 8)), data.draw(st.sampled_from(STAGES[:4]))) for _ in range(size)
    ]
    links = sorted(
        data.draw(
            st.sets(
                st.tuples(st.integers(1, size), st.integers(1, size)).filter(
                    lambda p: p[0] != p[1]
                ),
                max_size=12,
            )
        )
    )
    warehouse = plants.empty_warehouse(tmp_path_factory.mktemp("plant") / "w.duckdb", "UTC")
    found = stretches(warehouse, lots, links)
    warehouse.close()

    spans = []
    for parent, child in links:
        (start, kind), (end, into) = lots[parent - 1], lots[child - 1]
        if start < end and STAGES.index(kind) >= STAGES.index(into):
            spans.append((start, end))
    made = {lots[child - 1][0] for _parent, child in links} | {start for start, _end in spans}
    expected, current = [], []
    for day in sorted(made):
        is_tied = any(start < day <= end for start, end in spans)
        if current and not is_tied:
            expected.append(current)
            current = []
        current.append(day)
    expected += [current] if current else []

    assert [row[:3] for row in found] == [
        (on(days[0]), on(days[-1]), len(days)) for days in expected
    ]
    assert sum(row[4] for row in found) == len(spans)
