"""PostgreSQL restarted in order: clear 503s meanwhile, and afterwards the app needs nothing."""

import os
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
import pytest

from tests.faults.servers import asker, own_server, require_whole_trail, serving

RESTARTS = int(os.environ.get("LOTLINE_TEST_RESTARTS", "2"))
CLIENTS = 4
AT_ONCE = 12
TRAFFIC = 50  # lots acknowledged before each restart


@pytest.fixture(scope="module")
def server():
    with own_server() as started:
        yield started


@pytest.fixture
def client(server, tmp_path):
    with serving(server.address, tmp_path) as served:
        yield served


def new_lot(client: httpx.Client, **fields) -> httpx.Response:
    return client.post("/lots", json={"lot_code": f"LOT-{uuid4()}"} | fields)


@dataclass
class Asker:
    """Asks everything there is to ask, over and over.

    Attributes:
        answers: How often each status came.
        wrong: Answers that should not be, and questions that got none.
        lots: Codes of the lots that were acknowledged.
    """

    client: httpx.Client
    stop: threading.Event
    answers: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lots: list[str] = field(default_factory=list)

    def ask(self) -> None:
        """Register, decide, trace and sign in until told to stop."""
        while not self.stop.is_set():
            code = f"LOT-{uuid4()}"
            lot = self._said(self.client.post, "/lots", json={"lot_code": code})
            if lot is not None:
                self.lots.append(code)
                decision = {"lot_id": lot["id"], "decision": "PASS"}
                self._said(self.client.post, "/qc-decisions", json=decision)
                self._said(self.client.get, f"/traceability/{code}")
            self._said(self.client.get, "/health")

    def _said(self, ask, path: str, **more) -> dict | None:
        try:
            answer = ask(path, **more)
        except httpx.TransportError as silence:
            self.wrong.append(f"{path} {silence!r}")
            return None
        self.answers[answer.status_code] += 1
        if answer.is_success:
            return answer.json()
        if answer.status_code != 503 or not answer.headers.get("retry-after", "").isdigit():
            self.wrong.append(f"{path} {answer.status_code} {answer.text}")
        return None


def test_a_restart_amid_requests_gives_503_and_no_other_fault(
    server, client, record_property
) -> None:
    before = len(asker(server.address)("select from facts.lots"))
    stop = threading.Event()
    askers = [Asker(client, stop) for _ in range(CLIENTS)]
    threads = [threading.Thread(target=one.ask) for one in askers]
    for thread in threads:
        thread.start()
    try:
        for _restart in range(RESTARTS):
            so_far = sum(len(one.lots) for one in askers)
            while sum(len(one.lots) for one in askers) < so_far + TRAFFIC:
                assert not stop.wait(0.01)
            server.stop()
            server.wait()
            while new_lot(client).status_code != 201:
                assert not stop.wait(0.05)
            before += 1
    finally:
        stop.set()
        for thread in threads:
            thread.join()

    answers = sum((one.answers for one in askers), Counter())
    print({"restarts": RESTARTS, **answers})
    record_property("restarts", dict(answers))
    assert [one.wrong for one in askers] == [[]] * CLIENTS
    assert set(answers) <= {200, 201, 503}
    assert answers[503] > 0
    lots = [code for one in askers for code in one.lots]
    held = {row[0] for row in asker(server.address)("select lot_code from facts.lots")}
    assert set(lots) <= held
    # Without a key a 503 in the commit may have been saved; no more than one a restart and client.
    assert len(held) - before - len(lots) <= RESTARTS * CLIENTS
    require_whole_trail(server.address)


def test_the_first_requests_after_a_restart_succeed(server, client) -> None:
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        for _restart in range(RESTARTS):
            # Fills the pool, so that what comes after meets as many stale connections.
            full = list(crowd.map(lambda _: new_lot(client).status_code, range(AT_ONCE)))
            assert full == [201] * AT_ONCE

            server.stop()
            server.wait()

            after = list(crowd.map(lambda _: new_lot(client).status_code, range(AT_ONCE)))
            assert after == [201] * AT_ONCE
