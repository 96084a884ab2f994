"""An app killed while it saves, signs or imports: each of these is in the record whole or not."""

import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from dashboards.commands.lots import register_lot
from dashboards.commands.writing import begin_writing
from tests.faults import writing_app
from tests.faults.servers import ROOT, asker, require_whole_trail
from tests.presence import present

KILLS = int(os.environ.get("LOTLINE_TEST_KILLS", "6"))
KINDS = ("save", "sign", "import")
LONGEST_SECONDS = 3.0
LOCK_FREE_WITHIN_SECONDS = 2.0


@pytest.fixture
def plant(record, people) -> None:
    """Put lots into the record that others are made from, and one to decide about."""
    with record.transaction() as transaction:
        for code in [*writing_app.MOTHERS, writing_app.DECIDED]:
            register_lot(transaction, by=people["MANAGER"], lot_code=code, weight_kg=10_000)


def killed_at_some_moment(
    address: str, kind: str, prefix: str, user_id: int, seconds: float
) -> tuple[list[str], set[str]]:
    """Let a process write for a while and kill it; return what it finished and what it began."""
    app = subprocess.Popen(
        [sys.executable, writing_app.__file__, address, kind, prefix, str(user_id)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    stream = present(app.stdout)
    first = stream.readline()
    time.sleep(seconds)
    assert app.poll() is None, "it ended by itself"
    app.kill()
    said = [line.split() for line in (first + stream.read()).splitlines()]
    app.wait()
    done = [name for word, name in said if word == "done"]
    return done, {name for _, name in said} - set(done)


def seconds_for_a_turn(record, person) -> float:
    """Take the write lock and return how long that took."""
    begun = time.monotonic()
    with record.transaction() as transaction:
        begin_writing(transaction, by=person)
    return time.monotonic() - begun


def in_the_record(ask) -> dict[str, Counter]:
    """Give, by kind of work, how many rows the record holds under each name."""
    links = ask(
        "select lots.lot_code, count(links.link_id) from facts.lots"
        " left join facts.lot_genealogy as links on lots.lot_id = links.child_lot_id"
        " where lots.lot_code like 'save-%' group by lots.lot_code"
    )
    signatures = ask(
        "select replace(notes, 'the reason of ', ''), count(signature_id) from facts.qc_decisions"
        " left join facts.decision_signatures using (decision_id) group by notes, decision_id"
    )
    rows = ask(
        "with imported as (select lot_id, regexp_replace(lot_code, '-[0-9]+$', '') as name"
        " from facts.lots where lot_code like 'import-%')"
        " select name, count(*) + (select count(*) from facts.lot_genealogy"
        " where child_lot_id in (select lot_id from imported as i where i.name = imported.name))"
        " + (select count(*) from facts.readings"
        " where lot_id in (select lot_id from imported as i where i.name = imported.name))"
        " from imported group by name"
    )
    assert len(dict(signatures)) == len(signatures), "a decision was written twice"
    return {
        "save": Counter(dict(links)),
        "sign": Counter(dict(signatures)),
        "import": Counter(dict(rows)),
    }


# A lot has its three links, a decision its signature, an import all its rows: or there is none.
WHOLE = {"save": 3, "sign": 1, "import": 3 * writing_app.IMPORTED_ROWS - 1}


def test_what_an_app_was_killed_in_is_whole_or_not_there(
    database, record, people, plant, record_property
) -> None:
    moments = random.Random(20260115)
    done: dict[str, set[str]] = {kind: set() for kind in KINDS}
    amid: dict[str, set[str]] = {kind: set() for kind in KINDS}
    waits = []
    for kill in range(KILLS):
        kind = KINDS[kill % len(KINDS)]
        finished, begun = killed_at_some_moment(
            database,
            kind,
            f"{kind}-{kill}",
            people["MANAGER"].user_id,
            moments.uniform(0, LONGEST_SECONDS if kind == "import" else 0.5),
        )
        waits.append(seconds_for_a_turn(record, people["MANAGER"]))
        done[kind] |= set(finished)
        amid[kind] |= begun

    held = in_the_record(asker(database))
    for kind in KINDS:
        assert set(held[kind].values()) <= {WHOLE[kind]}, kind
        # What was done is there; of what was begun, some may be, for its end was never heard.
        assert done[kind] <= set(held[kind]) <= done[kind] | amid[kind], kind
    assert max(waits) < LOCK_FREE_WITHIN_SECONDS
    entries = require_whole_trail(database)
    report = {
        "kills": KILLS,
        "entries": entries,
        "longest_wait_for_the_lock": round(max(waits), 3),
        **{
            kind: {
                "done": len(done[kind]),
                "killed_amid": len(amid[kind]),
                "of_these_saved": len(set(held[kind]) & amid[kind]),
            }
            for kind in KINDS
        },
    }
    print(report)
    record_property("killed_app", report)
