"""How long the closure takes, with steps and shares, stored and ready to read.

Against DuckDB's plain recursive union, which stores neither, over the same links in the same run;
and how time grows from 30 to 365 to 1,460 days. Each build is a process of its own, so that its
memory is its own too. LOTLINE_BENCH_DAYS: fewer days for a smaller machine.
"""

import json
import math
import os
import statistics
import subprocess
import sys

import pytest

RUNS = 3
DAYS = [int(days) for days in os.environ.get("LOTLINE_BENCH_DAYS", "30,365,1460").split(",")]
LARGEST_EXPONENT = 1.1
AIM_RATIO = 3
MOST_BYTES = 3 * 10**9

# Both read the same working file and write the same file; only what is timed differs.
WORK = """
import json, resource, sys, time
from pathlib import Path
from sql.models import load_model
from sql.warehouse import Warehouse

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
model = load_model("genealogy.ancestries")
if sys.argv[2] == "ours":
    import sql.ancestries  # compiled once, kept on the disk: not part of the figure
began = time.perf_counter()
if sys.argv[2] == "ours":
    warehouse.build(model)
    warehouse.build(load_model('genealogy.closure'))
else:
    warehouse._connection.execute(PLAIN_UNION)
warehouse.checkpoint()
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
pairs = warehouse.count("genealogy.closure" if sys.argv[2] == "ours" else "genealogy.plain")
print(json.dumps({"seconds": seconds, "pairs": pairs, "bytes": peak}))
"""


def measured(path, what: str) -> dict:
    """Build once in a process of its own; gives seconds, pairs and the peak of its memory."""
    done = subprocess.run([sys.executable, "-c", WORK, str(path), what], check=True,
                          capture_output=True, text=True)  # fmt: skip
    return json.loads(done.stdout)


def median(rows: list[dict], name: str) -> float:
    return statistics.median(row[name] for row in rows)


@pytest.mark.timeout(3600)
def test_closure_with_shares_against_plain_union(tmp_path, capsys) -> None:
    from sql.warehouse import Warehouse
    from tests import plants
    from tests.benchmarks import big_plant

    took = {}
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
        ratio = median(peer, "seconds") / took[days]
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
        assert exponent <= LARGEST_EXPONENT
    assert ratio >= AIM_RATIO
