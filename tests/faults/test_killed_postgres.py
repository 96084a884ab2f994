"""PostgreSQL killed under writers: what was acknowledged is there once, and nothing else is."""

import os
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
import pytest

from tests.faults.servers import Server, asker, own_server, require_whole_trail, serving

KILLS = int(os.environ.get("LOTLINE_TEST_KILLS", "2"))
WRITERS = 6
LONGEST_SECONDS = 3
RETRY_SECONDS = 0.05


@dataclass
class Writer:
    """Registers lots and decides about them, one after the other, asking again until it is told.

    Attributes:
        lots: Codes of the lots whose registration was acknowledged.
        decisions: Notes of the decisions that were acknowledged.
        answers: How often each status came, or each fault of the network.
        unexpected: Answers that should not be.
    """

    name: str
    client: httpx.Client
    stop: threading.Event
    lots: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    answers: Counter = field(default_factory=Counter)
    unexpected: list[str] = field(default_factory=list)

    def write(self) -> None:
        """Write until told to stop; what was begun is seen through."""
        mother = f"MOTHER-{self.name}"
        self._ask("/lots", {"lot_code": mother, "weight_kg": 10_000})
        self.lots.append(mother)
        number = 0
        while not self.stop.is_set() and not self.unexpected:
            number += 1
            code = f"{self.name}-{number}"
            parents = [{"lot_code": mother, "quantity_kg": 0.001}]
            lot = self._ask("/lots", {"lot_code": code, "weight_kg": 1, "parents": parents})
            if lot is None:
                return
            self.lots.append(code)
            notes = f"{code} was decided about by {self.name}"
            # A FAIL is signed too, so that a decision is more than one row.
            body = {"lot_id": lot["id"], "decision": "FAIL", "notes": notes}
            if self._ask("/qc-decisions", body) is None:
                return
            self.decisions.append(notes)

    def _ask(self, path: str, body: dict) -> dict | None:
        """Ask with a key of its own until it is answered; None: the answer should not be."""
        key = {"Idempotency-Key": str(uuid4())}
        while True:
            try:
                answer = self.client.post(path, json=body, headers=key)
            except httpx.TransportError as lost:
                self.answers[type(lost).__name__] += 1
                continue
            self.answers[answer.status_code] += 1
            if answer.status_code == 201:
                self.answers["replayed"] += "idempotent-replayed" in answer.headers
                return answer.json()
            if answer.status_code != 503 or "retry-after" not in answer.headers:
                self.unexpected.append(f"{path} {answer.status_code} {answer.text}")
                return None
            time.sleep(RETRY_SECONDS)


@pytest.fixture(scope="module")
def server():
    with own_server() as started:
        yield started


def seconds_to_recover(client: httpx.Client) -> float:
    """Ask until the record answers again, and return how long that took."""
    begun = time.monotonic()
    while (answer := client.get("/traceability/MOTHER-W0")).status_code != 200:
        assert answer.status_code == 503, answer.text
        assert time.monotonic() - begun < 60
        time.sleep(0.05)
    return time.monotonic() - begun


def kill_again_and_again(server: Server, client: httpx.Client) -> list[float]:
    """Kill PostgreSQL at random moments and return how long each recovery took."""
    moments = random.Random(20260115)
    recovered = []
    for _kill in range(KILLS):
        time.sleep(moments.uniform(0.3, LONGEST_SECONDS))
        server.kill()
        recovered.append(seconds_to_recover(client))
    time.sleep(1)
    return recovered


def test_what_was_acknowledged_is_in_the_record_once(server, tmp_path, record_property) -> None:
    stop = threading.Event()
    with serving(server.address, tmp_path) as client:
        writers = [Writer(f"W{number}", client, stop) for number in range(WRITERS)]
        threads = [threading.Thread(target=writer.write) for writer in writers]
        for thread in threads:
            thread.start()
        try:
            recovered = kill_again_and_again(server, client)
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    ask = asker(server.address)
    answers = sum((writer.answers for writer in writers), Counter())
    lots = sorted(code for writer in writers for code in writer.lots)
    notes = sorted(said for writer in writers for said in writer.decisions)
    assert [writer.unexpected for writer in writers] == [[]] * WRITERS
    assert sorted(row[0] for row in ask("select lot_code from facts.lots")) == lots
    assert sorted(row[0] for row in ask("select notes from facts.qc_decisions")) == notes
    assert len(ask("select from facts.lot_genealogy")) == len(lots) - WRITERS
    assert len(ask("select from facts.decision_signatures")) == len(notes)
    assert len(ask("select from given_answers")) == len(lots) + len(notes)
    entries = require_whole_trail(server.address)
    assert ask("select deadlocks from pg_stat_database where datname = 'lotline'") == [(0,)]
    report = {
        "kills": KILLS,
        "lots": len(lots),
        "decisions": len(notes),
        "answers": dict(answers),
        "entries": entries,
        "seconds_to_recover": [round(seconds, 2) for seconds in recovered],
    }
    print(report)
    record_property("killed_postgres", report)
