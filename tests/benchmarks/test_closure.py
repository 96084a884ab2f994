"""How long the closure takes, with steps and shares, stored and ready to read.

Against DuckDB's plain recursive union, which stores neither, over the same links in the same run;
and how time grows from 30 to 365 to 1,460 days. Each build is a process of its own, so that its
memory is its own too. LOTLINE_BENCH_DAYS: fewer days for a smaller machine; LOTLINE_BENCH_PLOT: a
file to draw the growth into, as SVG.
"""

import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.report import draw_growth

RUNS = 3
DAYS = [int(days) for days in os.environ.get("LOTLINE_BENCH_DAYS", "30,365,1460").split(",")]
LARGEST_EXPONENT = 1.1
AIM_RATIO = 3
MOST_BYTES = 3 * 10**9

# Both read the same working file and write the same file; only what is timed differs.
WORK = """
import json, resource, sys, time
from pathlib import Path
from sql.warehouse.working_file import Warehouse
from tests import plants

PLAIN_UNION = '''
create or replace table genealogy.plain as
with recursive links as (select distinct parent_lot_id, child_lot_id from raw.lot_genealogy),
reach (ancestor_lot_id, descendant_lot_id) as (
    from links
    union
    select reach.ancestor_lot_id, links.child_lot_id
    from reach inner join links on reach.descendant_lot_id = links.parent_lot_id
)
from reach
'''
warehouse = Warehouse(Path(sys.argv[1]), "UTC")
if sys.argv[2] == "ours":
    import numba, sql.genealogy.ancestries  # compiled code is kept on the disk; loading it counts
began = time.perf_counter()
if sys.argv[2] == "ours":
    plants.build(warehouse, "genealogy.ancestries", "genealogy.closure")
else:
    warehouse.connection.execute(PLAIN_UNION)
warehouse.connection.execute("checkpoint")
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
pairs = warehouse.count("genealogy.closure" if sys.argv[2] == "ours" else "genealogy.plain")
print(json.dumps({"seconds": seconds, "pairs": pairs, "bytes": peak}))
"""


def measured(path, what: str) -> dict:
    """Build once in a process of its own, and return seconds, pairs and the peak of its memory."""
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(path), what], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def median(rows: list[dict], name: str) -> float:
    return statistics.median(row[name] for row in rows)


@pytest.mark.timeout(3600)
def test_closure_with_shares_against_plain_union(tmp_path, capsys, report) -> None:
    from sql.warehouse.working_file import Warehouse
    from tests import plants
    from tests.benchmarks import big_plant

    took, growth, peers = {}, {}, {}
    ours, ratio = [], 0.0
    for days in DAYS:
        path = tmp_path / f"days_{days}.duckdb"
        warehouse = Warehouse(path, "UTC")
        plants.empty(warehouse)
        lots, links = big_plant.write(warehouse, days)
        warehouse.close()
        measured(path, "ours")  # compiles, where it was not compiled yet
        ours, peer = [], []
        for _run in range(RUNS):
            ours.append(measured(path, "ours"))
            peer.append(measured(path, "plain"))
        assert ours[0]["pairs"] == peer[0]["pairs"]
        took[days] = median(ours, "seconds")
        growth[ours[0]["pairs"]], peers[ours[0]["pairs"]] = took[days], median(peer, "seconds")
        ratio = median(peer, "seconds") / took[days]
        report.add(
            f"closure of {days:,} days, {ours[0]['pairs']:,} pairs with steps and shares",
            f"{took[days]:.2f} s, {median(ours, 'bytes') / 1e9:.2f} GB; plain union "
            f"{median(peer, 'seconds'):.2f} s: {ratio:.1f} x",
            aim=f"{AIM_RATIO} x, 3 GB" if days == DAYS[-1] else "",
            is_met=None
            if days != DAYS[-1]
            else ratio >= AIM_RATIO and median(ours, "bytes") < MOST_BYTES,
            bound="memory bandwidth and DuckDB's write" if days > 100 else "loading compiled code",
        )
        with capsys.disabled():
            print(
                f"\n{days:>5} days, {lots:,} lots, {links:,} links, {ours[0]['pairs']:,} pairs, "
                f"median of {RUNS}: {took[days]:.2f} s and {median(ours, 'bytes') / 1e9:.2f} GB "
                f"with steps and shares; plain union {median(peer, 'seconds'):.2f} s and "
                f"{median(peer, 'bytes') / 1e9:.2f} GB without; {ratio:.1f} x (aim {AIM_RATIO})"
            )
    assert median(ours, "bytes") < MOST_BYTES
    if len(DAYS) > 1:
        first, last = DAYS[0], DAYS[-1]
        exponent = math.log(took[last] / took[first]) / math.log(last / first)
        with capsys.disabled():
            print(f"time grows as days to the power of {exponent:.2f}")
        report.add(
            f"growth from {first} to {last} days",
            f"exponent {exponent:.2f}",
            aim=f"{LARGEST_EXPONENT}",
            is_met=exponent <= LARGEST_EXPONENT,
            bound="flattered by what loading compiled code takes",
        )
        if plot := os.environ.get("LOTLINE_BENCH_PLOT"):
            draw_growth(Path(plot), growth, peers, exponent)
        assert exponent <= LARGEST_EXPONENT
    assert ratio >= AIM_RATIO


NEW_DAY = """
import json, sys, time
from pathlib import Path
import numba, sql.genealogy.ancestries
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.benchmarks.big_plant import LOTS_A_DAY

warehouse, name = Warehouse(Path(sys.argv[1]), "UTC"), "genealogy.ancestries"
connection, last = warehouse.connection, (int(sys.argv[2]) - 1) * LOTS_A_DAY
where = f"from raw.lot_genealogy where child_lot_id > {last}"
connection.execute(f"create temp table new_day as {where}")
connection.execute(f"delete {where}")

def seconds(changed):
    began = time.perf_counter()
    if changed is None:
        walked = plants.build(warehouse, name)
    else:
        walked = plants.relink(warehouse, changed)
    warehouse.connection.execute("checkpoint")
    return time.perf_counter() - began, walked.walked_count

plants.build(warehouse, name)  # loads the compiled code
full, _ = seconds(None)
connection.execute("insert into raw.lot_genealogy from new_day")
warehouse.connection.execute("checkpoint")
changed = [row[0] for row in connection.execute(f"select distinct child_lot_id {where}").fetchall()]
day, walked = seconds(changed)
updated = connection.execute("select sum(hash(ancestries)) from genealogy.ancestries").fetchall()
anew, _ = seconds(None)
same = updated == connection.execute(
    "select sum(hash(ancestries)) from genealogy.ancestries").fetchall()
print(json.dumps({"full": (full + anew) / 2, "day": day, "walked": walked, "same": same}))
"""
LARGEST_PART_OF_FULL = 0.02


@pytest.mark.timeout(1800)
def test_a_new_day_costs_a_small_part_of_a_full_build(tmp_path, capsys, report) -> None:
    from sql.warehouse.working_file import Warehouse
    from tests import plants
    from tests.benchmarks import big_plant

    path = tmp_path / "plant.duckdb"
    warehouse = Warehouse(path, "UTC")
    plants.empty(warehouse)
    big_plant.write(warehouse, max(DAYS))
    warehouse.close()
    rows = []
    for _run in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-c", NEW_DAY, str(path), str(max(DAYS))],
            check=True,
            capture_output=True,
            text=True,
        )
        rows.append(json.loads(done.stdout))
    part = statistics.median(row["day"] / row["full"] for row in rows)
    with capsys.disabled():
        print(
            f"\na new day on {max(DAYS) - 1:,}: {rows[0]['walked']} lots anew in "
            f"{median(rows, 'day') * 1000:.0f} ms, {part:.1%} of a full build's "
            f"{median(rows, 'full'):.2f} s (aim {LARGEST_PART_OF_FULL:.0%})"
        )
    report.add(
        f"a new day on {max(DAYS) - 1:,}, {rows[0]['walked']} lots",
        f"{median(rows, 'day') * 1000:.0f} ms, {part:.1%} of a full build",
        aim=f"{LARGEST_PART_OF_FULL:.0%}",
        is_met=part < LARGEST_PART_OF_FULL,
        bound="DuckDB's statements and checkpoint",
    )
    assert all(row["same"] for row in rows)
    if max(DAYS) >= 1460:
        assert part < LARGEST_PART_OF_FULL


BEYOND_BUDGET = """
import json, resource, sys, time
from pathlib import Path
import numpy as np, polars as pl, pyarrow as pa
import numba, sql.genealogy.ancestries
from sql.warehouse.breaches import breaches
from sql.warehouse.rules import rules_of
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.benchmarks import big_plant

warehouse = Warehouse(Path(sys.argv[1]), "UTC")
plants.empty(warehouse)
edges = pl.read_csv(sys.argv[2]) + 1
lots = np.arange(1, max(edges["parent"].max(), edges["child"].max()) + 1)
big_plant._load(warehouse, "lots", {
    "lot_id": pa.array(lots), "lot_code": pa.array([f"L{n}" for n in lots])})
big_plant._load(warehouse, "lot_genealogy", {
    "link_id": pa.array(np.arange(len(edges))), "parent_lot_id": edges["parent"].to_arrow(),
    "child_lot_id": edges["child"].to_arrow(), "quantity_kg": pa.nulls(len(edges), pa.float64())})
began = time.perf_counter()
built = plants.build(warehouse, "genealogy.ancestries")
named = [len(breaches(warehouse, rule)) for rule in rules_of("genealogy.ancestries")]
print(json.dumps({
    "seconds": time.perf_counter() - began, "pairs": built.pairs_count, "named": max(named),
    "estimated": built.pairs_estimated, "left_out": built.left_out_count,
    "bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
"""
GIT_PAIRS = 820_707_807


@pytest.mark.timeout(900)
def test_a_genealogy_no_table_can_hold_ends_and_says_partial(
    tmp_path, shared, capsys, report
) -> None:
    graph = shared / "data/graphs/git_merkle_traceability_foss.edges.csv.gz"
    done = subprocess.run(
        [sys.executable, "-c", BEYOND_BUDGET, str(tmp_path / "g"), str(graph)],
        check=True,
        capture_output=True,
        text=True,
    )
    row = json.loads(done.stdout)
    with capsys.disabled():
        print(
            f"\n164,728 lots, 4,397 deep: {row['pairs']:,} pairs kept, {row['left_out']:,} lots "
            f"left out and named, {row['estimated']:,} pairs estimated of {GIT_PAIRS:,}; "
            f"{row['seconds']:.1f} s, {row['bytes'] / 1e9:.1f} GB"
        )
    report.add(
        f"closure of 164,728 lots 4,397 deep, {GIT_PAIRS:,} pairs",
        f"{row['seconds']:.1f} s, {row['bytes'] / 1e9:.1f} GB; partial, {row['left_out']:,} lots "
        f"named; estimate {row['estimated'] / GIT_PAIRS - 1:+.1%}",
        aim="ends, says partial, 6 GB",
        is_met=row["bytes"] < 6e9,
        bound="the budget of pairs",
    )
    assert row["named"] == row["left_out"] > 0
    assert abs(row["estimated"] / GIT_PAIRS - 1) < 0.2
    assert row["bytes"] < 6 * 10**9
