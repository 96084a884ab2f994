"""A refresh killed at any moment leaves one whole edition readable, and the next one is fine.

What the checks said before is kept, and promises nothing until they have looked again.
"""

import os
import random
import signal
import subprocess
import sys
import time

from dashboards.commands.lots import Parent, register_lot
from sql.warehouse.check_results import State, read_results
from sql.warehouse.editions import Edition, current_edition, current_edition_id
from tests.presence import present

KILLS = int(os.environ.get("LOTLINE_TEST_KILLS", "3"))
LONGEST_SECONDS = 12
PATIENCE_SECONDS = 150  # a machine with other work takes its time


def refresh() -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "pipelines.run", "refresh"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_a_killed_refresh_leaves_one_whole_edition(settings, record, people) -> None:
    with record.transaction() as transaction:
        register_lot(transaction, by=people["MANAGER"], lot_code="A", weight_kg=10)
        register_lot(
            transaction, by=people["MANAGER"], lot_code="B", weight_kg=10, parents=[Parent("A", 10)]
        )
    assert refresh().wait(PATIENCE_SECONDS) == 0
    moments = random.Random(20260115)

    for _kill in range(KILLS):
        run = refresh()
        time.sleep(moments.uniform(0.5, LONGEST_SECONDS))
        run.send_signal(signal.SIGKILL)
        run.wait()
        edition = Edition(
            settings.home / "editions" / f"{current_edition_id(settings.home)}.duckdb"
        )
        assert (
            edition.select("select ancestor_lot_code from genealogy.closure_by_code").item() == "A"
        )
        results = present(read_results(settings.home))
        states = {one.state for one in results.checks}
        assert results.run.was_interrupted or results.run.ended_at is not None
        assert states == {State.NOT_CHECKED if results.run.was_interrupted else State.PASSED}
        assert all(one.finding is not None for one in results.checks)

    before = present(current_edition_id(settings.home))
    assert refresh().wait(PATIENCE_SECONDS) == 0
    assert present(current_edition_id(settings.home)) > before
    assert current_edition(settings.home).select("from raw.lots").height == 2
    results = present(read_results(settings.home))
    assert {one.state for one in results.checks} == {State.PASSED}
    leftovers = [*(settings.home / "editions").glob("*.unfinished")]
    assert leftovers == []
