"""What is made anew after a change equals what is built from nothing, always."""

import os
from decimal import Decimal as D

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sql.warehouse.copy_writing import load_copy
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.presence import present

MODEL = "genealogy.ancestries"
EXAMPLES = int(os.environ.get("LOTLINE_TEST_EXAMPLES", "40"))
LARGEST_LOT = 40


def lists(warehouse: Warehouse) -> dict:
    """Return {descendant: {ancestor: (steps, share)}}."""
    return {
        lot: {a: (n, share) for a, n, share in zip(ancestors, steps, shares, strict=True)}
        for lot, ancestors, steps, shares in warehouse.rows(MODEL).rows()
    }


def assert_equal(updated: dict, anew: dict) -> None:
    assert updated.keys() == anew.keys()
    for lot, ancestors in anew.items():
        assert updated[lot].keys() == ancestors.keys()
        for ancestor, (steps, share) in ancestors.items():
            expected = None if share is None else pytest.approx(share, rel=1e-12)
            assert updated[lot][ancestor] == (steps, expected)


@st.composite
def changes(draw):
    """Draw a plant's links and batches of change: links added, late too, voided, corrected."""
    low, high = st.integers(1, LARGEST_LOT - 1), st.integers(1, LARGEST_LOT)
    pair = st.tuples(low, high).filter(lambda p: p[0] != p[1]).map(lambda p: tuple(sorted(p)))
    quantity = st.one_of(st.none(), st.decimals("0", "900", places=3))
    added = st.lists(st.tuples(pair, quantity), max_size=8)
    chosen = st.lists(st.tuples(st.integers(0, 10**6), quantity), max_size=3)
    start = draw(st.lists(st.tuples(pair, quantity), max_size=60))
    return start, draw(st.lists(st.tuples(added, chosen, chosen), min_size=1, max_size=5))


@given(drawn=changes())
@hypothesis_settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_batches_of_change_give_what_a_build_from_nothing_gives(
    warehouse: Warehouse, drawn
) -> None:
    start, batches = drawn
    links = [(p, c, q) for (p, c), q in start]
    plants.genealogy(warehouse, links, lots=LARGEST_LOT)
    plants.build(warehouse, MODEL)
    for added, voided, corrected in batches:
        touched = {child for (_parent, child), _quantity in added}
        links += [(p, c, q) for (p, c), q in added]
        for place, _ in voided:
            if links:
                touched.add(links.pop(place % len(links))[1])
        for place, quantity in corrected:
            if links:
                parent, child, _ = links[place % len(links)]
                links[place % len(links)] = (parent, child, quantity)
                touched.add(child)
        plants.genealogy(warehouse, links, lots=LARGEST_LOT)
        built = plants.relink(warehouse, sorted(touched))
        updated = lists(warehouse)
        plants.build(warehouse, MODEL)

        assert_equal(updated, lists(warehouse))
        assert built.pairs_count == sum(map(len, updated.values()))


def test_only_what_follows_from_the_change_is_made_anew(warehouse: Warehouse) -> None:
    """The cost follows the change: here four lots of a thousand."""
    chains = [(10 * n + k, 10 * n + k + 1, D(5)) for n in range(100) for k in range(1, 10)]
    plants.genealogy(warehouse, chains)
    plants.build(warehouse, MODEL)
    plants.genealogy(warehouse, [*chains, (17, 507, D(1))])

    walked = plants.relink(warehouse, [507])

    assert walked.walked_count == 4
    assert lists(warehouse)[508].keys() == {*range(501, 508), *range(11, 18)}


def test_a_circle_that_came_late_is_found_as_from_nothing(warehouse: Warehouse) -> None:
    chain = [(n, n + 1, D(1)) for n in range(1, 30)]
    plants.genealogy(warehouse, chain)
    plants.build(warehouse, MODEL)
    plants.genealogy(warehouse, [*chain, (30, 28, D(1))])

    plants.relink(warehouse, [28])
    updated = lists(warehouse)
    plants.build(warehouse, MODEL)

    assert_equal(updated, lists(warehouse))
    assert 30 in updated[30]


@pytest.mark.parametrize("budget", [0, 3, 9, 10, 12, 13])
def test_the_budget_counts_what_stands_already(tmp_path, budget) -> None:
    """Of a closure that is or becomes partial, the same lots are left out as from nothing."""
    warehouse = plants.empty_warehouse(
        tmp_path / "small.duckdb", "UTC", closure_pairs_budget=budget
    )
    many = 40
    before = [(1, 2, D(1)), (2, 3, D(1)), (5, 6, D(1))]
    plants.genealogy(warehouse, before, lots=many)
    plants.build(warehouse, MODEL)
    after = [*before, (3, 4, D(1)), (6, 4, D(1)), (6, 7, D(1))]
    plants.genealogy(warehouse, after, lots=many)

    left_out = plants.relink(warehouse, [4, 7]).left_out_count
    updated = lists(warehouse)
    anew = plants.build(warehouse, MODEL)

    assert_equal(updated, lists(warehouse))
    assert left_out == present(anew).left_out_count
    warehouse.close()


def test_ids_that_outgrow_the_table_are_taken_all_the_same(warehouse: Warehouse) -> None:
    plants.genealogy(warehouse, [(1, 2, D(1)), (3, 4, D(1))], lots=20)
    plants.build(warehouse, MODEL)
    large = 2**40
    plants.genealogy(warehouse, [(1, 2, D(1)), (3, 4, D(1)), (2, large, D(1))], lots=20)

    plants.relink(warehouse, [large])

    assert lists(warehouse)[large] == {1: (2, 1.0), 2: (1, 1.0)}


def test_what_it_will_come_to_is_said_before_any_pair_is_stored() -> None:
    """A chain of 2,000 has 1,999,000 pairs; the estimate needs none of them."""
    import pyarrow as pa

    from sql.genealogy.walk import Walk

    ids = list(range(1, 2001))
    links = pa.table(
        {
            "parent_lot_id": ids[:-1],
            "child_lot_id": ids[1:],
            "weight": [1000] * 1999,
        }
    )
    walk = Walk(links, pairs_budget=1000)

    assert walk.pairs_count == 0
    assert walk.pairs_estimated == pytest.approx(1_999_000, rel=0.3)
    walk.lists().read_all()
    assert walk.pairs_count <= 1000
    assert walk.left_out_count > 1900


def test_room_that_a_void_made_is_used_as_from_nothing(tmp_path) -> None:
    """Of a partial closure nobody can say what else fits now, but by building it."""
    warehouse = plants.empty_warehouse(tmp_path / "small.duckdb", "UTC", closure_pairs_budget=3)
    plants.genealogy(warehouse, [(1, 2, D(1)), (2, 3, D(1)), (5, 6, D(1))], lots=40)
    plants.build(warehouse, MODEL)
    assert 3 not in lists(warehouse)
    plants.genealogy(warehouse, [(1, 2, D(1)), (2, 3, D(1))], lots=40)

    plants.relink(warehouse, [6])

    assert lists(warehouse).keys() == {2, 3}
    warehouse.close()


def test_lists_of_more_lots_than_a_row_group_are_seen_at_once(warehouse: Warehouse) -> None:
    """DuckDB showed none of them before a checkpoint, and rules passed over an empty table."""
    children = 150_000
    load_copy(
        warehouse,
        "lot_genealogy",
        pa.table(
            {
                "link_id": pa.array(range(children)),
                "parent_lot_id": pa.array([1] * children),
                "child_lot_id": pa.array(range(2, children + 2)),
                "quantity_kg": pa.array([1.0] * children),
                "happened_at": pa.array([plants.MOMENT] * children, pa.timestamp("us", "UTC")),
                "recorded_at": pa.array([plants.MOMENT] * children, pa.timestamp("us", "UTC")),
            }
        ).to_reader(),
    )
    assert present(plants.build(warehouse, MODEL)).walked_count == children
    assert warehouse.rows("genealogy.ancestries")["descendant_lot_id"].n_unique() == children
