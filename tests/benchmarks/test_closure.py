"""How long the closure takes against DuckDB's plain recursive union, which computes no shares."""

import statistics
import time
from decimal import Decimal as D
from random import Random

from sql.warehouse import Warehouse
from tests import plants

RUNS = 3
LOTS_A_LAYER = 200
LAYERS = 30
PARENTS = 2

PLAIN_UNION = """
create or replace table genealogy.plain as
with recursive reach (ancestor_lot_id, descendant_lot_id) as (
    select parent_lot_id, child_lot_id from raw.lot_genealogy
    union
    select reach.ancestor_lot_id, links.child_lot_id
    from reach inner join raw.lot_genealogy as links
    on reach.descendant_lot_id = links.parent_lot_id
)
from reach
"""


def layered() -> list:
    """Draw 30 layers of 200 lots, each lot from two near lots of the layer before."""
    chance = Random(20260115)
    return [
        (layer * LOTS_A_LAYER + parent + 1, (layer + 1) * LOTS_A_LAYER + lot + 1, D(10))
        for layer in range(LAYERS - 1)
        for lot in range(LOTS_A_LAYER)
        for parent in {(lot + chance.randrange(3)) % LOTS_A_LAYER for _ in range(PARENTS)}
    ]


def timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_closure_with_shares_against_plain_union(tmp_path, capsys) -> None:
    warehouse = Warehouse(tmp_path / "bench.duckdb", "UTC")
    plants.empty(warehouse)
    plants.genealogy(warehouse, layered())
    models = ("genealogy.levels", "genealogy.steps", "genealogy.closure")
    ours, peer = [], []
    for _run in range(RUNS):
        ours.append(timed(lambda: plants.build(warehouse, *models)))
        peer.append(timed(lambda: warehouse._connection.execute(PLAIN_UNION)))
    pairs = warehouse.count("genealogy.closure")
    assert pairs == warehouse.count("genealogy.plain")
    ratio = statistics.median(ours) / statistics.median(peer)
    with capsys.disabled():
        print(
            f"\nclosure of {LOTS_A_LAYER * LAYERS:,} lots, {pairs:,} pairs, median of {RUNS}: "
            f"{statistics.median(ours):.2f} s with steps and shares; plain union "
            f"{statistics.median(peer):.2f} s without; ratio {ratio:.1f}"
        )
