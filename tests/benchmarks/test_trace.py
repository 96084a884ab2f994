"""How long a live trace takes on four years of a plant, with all that it says of each lot.

Against a walk that asks once per lot, as ERPs do: for each lot its links, its facts and its
shipments, over the same connection, with the same facts asked by primary key. And on the deepest
genealogy at hand. LOTLINE_BENCH_DAYS: fewer days for a smaller machine.
"""

import gc
import os
import random
import statistics
import time
from collections import deque

import numpy as np
import polars as pl
import pytest

from sql.genealogy.trace import trace
from sql.record.binary_columns import array_literal
from sql.record.engine import Record
from sql.vocabulary import Direction
from tests.benchmarks import big_record
from tests.engines import ask
from tests.presence import present

DAYS = max(int(days) for days in os.environ.get("LOTLINE_BENCH_DAYS", "1460").split(","))
LOTS_TRACED, LOTS_WALKED, RUNS = 1_000, 60, 3
P50_AIM_MS, P99_AIM_MS, RATIO_AIM, LARGEST_AIM_S = 5, 40, 20, 3


def milliseconds(work) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def traced(app: Record, code: str, direction=Direction.BOTH):
    with app.snapshot() as snapshot:
        return present(trace(snapshot, code, direction))


LINKS_OF_ONE = {
    (parent, child): (
        f"select {parent}, quantity_kg, happened_at from lot_genealogy where {child} = :lot_id"
    )
    for parent, child in (("parent_lot_id", "child_lot_id"), ("child_lot_id", "parent_lot_id"))
}


def walked_lot_by_lot(app: Record, code: str) -> set[int]:
    """Walk both ways, asking for each lot its links, its facts and its shipments."""
    with app.snapshot() as snapshot:
        asked = snapshot.value("lot_id_by_code", lot_code=code)
        reached = set()
        for links in LINKS_OF_ONE.values():
            seen, queue = {asked}, deque([asked])
            while queue:
                lot = queue.popleft()
                one = array_literal([lot])
                snapshot.one("lots_traced", lot_ids=one)
                snapshot.one("states_traced", lot_ids=one)
                snapshot.all("shipments_of", lot_ids=one)
                for row in ask(snapshot, links, lot_id=lot):
                    if row[0] not in seen:
                        seen.add(row[0])
                        queue.append(row[0])
            reached |= seen
    return reached


@pytest.mark.timeout(1800)
def test_live_trace_against_a_walk_that_asks_once_per_lot(empty_record, capsys, report) -> None:
    owner, app = empty_record
    lots_count, links_count = big_record.fill(owner.driver_address(), DAYS)
    chance = random.Random(5)
    with app.snapshot() as snapshot:
        drawn = [chance.randint(1, lots_count) for _ in range(LOTS_TRACED)]
        rows = snapshot.all("lots_traced", lot_ids=array_literal(drawn))
    codes = [row["lot_code"] for row in rows]
    chance.shuffle(codes)  # one after another, neighbours would find each other's pages at hand
    for code in codes[:50]:
        traced(app, code)
    gc.collect()
    gc.freeze()  # as the server does once it has started
    sizes = []
    took = [milliseconds(lambda c=code: sizes.append(len(traced(app, c).lots))) for code in codes]
    p50, p95, p99 = np.percentile(took, [50, 95, 99])
    few = codes[:: len(codes) // LOTS_WALKED][:LOTS_WALKED]
    for code in few[:5]:
        same = {row["lot_id"] for row in traced(app, code).lots}
        assert walked_lot_by_lot(app, code) == same
    ratios = [
        sum(milliseconds(lambda c=code: walked_lot_by_lot(app, c)) for code in few)
        / sum(milliseconds(lambda c=code: traced(app, c)) for code in few)
        for _run in range(RUNS)
    ]
    ratio = statistics.median(ratios)
    with capsys.disabled():
        print(
            f"\nlive trace both ways of {len(took):,} random lots among {lots_count:,} lots and "
            f"{links_count:,} links ({np.median(sizes):.0f} lots an answer, largest "
            f"{max(sizes):,}): P50 {p50:.1f} ms (aim {P50_AIM_MS}), P95 {p95:.1f} ms, P99 "
            f"{p99:.1f} ms (aim {P99_AIM_MS}); {ratio:.0f} x a walk that asks once per lot "
            f"(aim {RATIO_AIM})"
        )
    report.add(
        f"live trace both ways, {lots_count:,} lots, {np.median(sizes):.0f} lots an answer",
        f"P50 {p50:.1f} ms, P99 {p99:.1f} ms",
        aim=f"{P50_AIM_MS} and {P99_AIM_MS} ms",
        is_met=p50 <= P50_AIM_MS and p99 <= P99_AIM_MS,
        bound="PostgreSQL: three round trips",
    )
    report.add(
        "the same against a walk that asks once per lot",
        f"{ratio:.1f} x",
        aim=f"{RATIO_AIM} x",
        is_met=ratio >= RATIO_AIM,
        bound="the facts of each lot, which both ask for",
    )
    assert p50 <= P50_AIM_MS
    assert p99 <= P99_AIM_MS
    assert ratio >= RATIO_AIM


@pytest.mark.timeout(900)
def test_the_largest_trace_of_the_deepest_genealogy(empty_record, shared, capsys, report) -> None:
    owner, app = empty_record
    edges = pl.read_csv(shared / "data/graphs/git_merkle_traceability_foss.edges.csv.gz") + 1
    at = pl.lit("2026-01-15T08:00:00Z")
    count = edges.select(pl.max_horizontal(pl.max("parent", "child"))).item()
    big_record.copy(
        owner.driver_address(),
        {
            "facts.lots": pl.DataFrame({"lot_id": np.arange(1, count + 1)}).select(
                "lot_id", lot_code=pl.format("L{}", "lot_id"), happened_at=at, recorded_at=at
            ),
            "facts.lot_genealogy": edges.select(
                link_id=pl.int_range(1, pl.len() + 1),
                parent_lot_id="parent",
                child_lot_id="child",
                happened_at=at,
                recorded_at=at,
            ),
        },
    )
    # Of lots without parents, the one with the most descendants, counted beforehand.
    took = [milliseconds(lambda: traced(app, "L17058", Direction.FORWARD)) for _ in range(RUNS + 1)]
    found = traced(app, "L17058", Direction.FORWARD)
    seconds = statistics.median(took[1:]) / 1000
    with capsys.disabled():
        print(
            f"\nlargest forward trace of {count:,} lots, {len(edges):,} links, 4,397 deep: "
            f"{len(found.lots):,} lots, {len(found.links):,} links in {seconds:.1f} s "
            f"(aim {LARGEST_AIM_S}); the first, compiling, {took[0] / 1000:.1f} s"
        )
    report.add(
        f"largest forward trace of {count:,} lots 4,397 deep, {len(found.links):,} links",
        f"{seconds:.1f} s",
        aim=f"{LARGEST_AIM_S} s",
        is_met=seconds < LARGEST_AIM_S,
        bound="PostgreSQL's reading of links (1.7 s), a mapping a lot in Python",
    )
    assert len(found.lots) == 123_017
    assert seconds < LARGEST_AIM_S
