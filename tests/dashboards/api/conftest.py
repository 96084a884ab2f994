"""Fixtures: the API of one plant, in this process or served for real on a port of its own.

`client` speaks to a plant of its own test. `plant` is one that the tests of a module share, with
limits too high to be felt: for tests that ask hundreds of things and count what is left.
"""

import contextlib
import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from dashboards.api.application import create_api
from dashboards.api.tokens import issue_token
from dashboards.commands.authority import Face, Person
from dashboards.commands.sessions import start_session
from sql.record.engine import DatabaseRole, Record
from sql.settings import Settings
from tests.databases import WITH_PEOPLE, Databases
from tests.engines import engine_of
from tests.plants import gate_id_of

KEY = "a key for tests, long enough to be taken"
ENDLESS = 10**9
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def api(settings, record):
    return create_api(settings, lambda: record)


@pytest.fixture
def client(api):
    return TestClient(api, raise_server_exceptions=False)


def bearer(settings: Settings, record: Record, person: Person) -> dict[str, str]:
    """Make headers with a fresh token of a person."""
    with record.transaction() as transaction:
        jti = start_session(transaction, user_id=person.user_id, face=Face.API)
    return {"Authorization": f"Bearer {issue_token(settings, person, jti)}"}


@pytest.fixture
def as_role(settings, people, record):
    """Return the headers that speak for a person of a role."""
    return lambda role: bearer(settings, record, people[role])


@pytest.fixture
def new_lot(client, as_role):
    """Register a lot and return its body."""
    numbers = itertools.count(1)

    def register(**fields):
        body = {"lot_code": f"LOT-{next(numbers)}"} | fields
        answer = client.post("/lots", json=body, headers=as_role("OPERATOR"))
        assert answer.status_code == 201, answer.text
        return answer.json()

    return register


@dataclass
class Plant:
    """A plant whose API a module's tests share."""

    settings: Settings
    record: Record
    people: dict[str, Person]
    api: FastAPI
    client: TestClient
    headers: dict[str, dict[str, str]] = field(default_factory=dict)

    def as_role(self, role: str) -> dict[str, str]:
        """Return the headers of a role; the same token each time."""
        if role not in self.headers:
            self.headers[role] = bearer(self.settings, self.record, self.people[role])
        return self.headers[role]

    def lot(self, **fields) -> dict:
        """Register a lot of a fresh code and return its body."""
        body = {"lot_code": f"LOT-{uuid4().hex}"} | fields
        answer = self.client.post("/lots", json=body, headers=self.as_role("OPERATOR"))
        assert answer.status_code == 201, answer.text
        return answer.json()

    def gate(self, number: float) -> int:
        """Find a gate's id by its number."""
        with self.record.transaction() as transaction:
            return gate_id_of(transaction, number)

    def ask(self, statement: str, **parameters) -> list[tuple]:
        """Read the record by other means than the code under test."""
        with engine_of(self.record).connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement), parameters)]

    def lot_count(self) -> int:
        """Count the lots."""
        return self.ask("select count(*) from facts.lots")[0][0]


@pytest.fixture(scope="module")
def plant(
    databases: Databases, everybody: dict[str, Person], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plant]:
    """Build a plant with one person of each role, and no limit to be felt."""
    with databases.copied(WITH_PEOPLE) as address:
        yield from _plant(address, everybody, tmp_path_factory.mktemp("home"))


def _plant(address: str, people: dict[str, Person], home: Path) -> Iterator[Plant]:
    """Serve a database in this process, for as long as it is wanted."""
    record = Record(address, DatabaseRole.APP)
    settings = Settings(
        database_url=address,
        home=home,
        secret_key=KEY,
        logins_per_minute=ENDLESS,
        lots_per_minute=ENDLESS,
        decisions_per_minute=ENDLESS,
        traces_per_minute=ENDLESS,
        other_calls_per_minute=ENDLESS,
    )
    api = create_api(settings, lambda: record)
    with TestClient(api, raise_server_exceptions=False) as client:
        yield Plant(settings, record, people, api, client)
    record.close()


@dataclass
class Wire:
    """A served plant: where it listens, and what it has written to its own output."""

    port: int
    output: Path
    api: httpx.Client

    def say(self, sent: bytes, *, then: bytes | None = None, wait: float = 30) -> bytes:
        """Send raw bytes and return the answer.

        `then`: sent byte by byte, one a second, until the server answers.
        """
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            connection.sendall(sent)
            for byte in itertools.cycle(then or b""):
                connection.settimeout(1)
                with contextlib.suppress(TimeoutError):
                    return _whole(connection, connection.recv(65536))
                connection.sendall(byte.to_bytes())
            connection.settimeout(wait)
            return _whole(connection, b"")


def _whole(connection: socket.socket, answer: bytes) -> bytes:
    """Read on until an answer is there to its last byte."""
    while True:
        head, end, body = answer.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].split(b"\r")[0]
        if end and len(body) >= int(length or 0):
            return answer
        more = connection.recv(65536)
        if not more:
            return answer
        answer += more


@pytest.fixture(scope="module")
def wire(plant: Plant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Serve the shared plant as `lotline up` does, with the limits of every day."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    output = tmp_path_factory.mktemp("served") / "output.txt"
    environment = os.environ | {
        "LOTLINE_DATABASE_URL": str(plant.settings.database_url),
        "LOTLINE_SECRET_KEY": KEY,
        "LOTLINE_HOME": str(plant.settings.home),
        "PYTHONPATH": str(ROOT),
        "LOTLINE_LOTS_PER_MINUTE": str(ENDLESS),
        "LOTLINE_DECISIONS_PER_MINUTE": str(ENDLESS),
        "LOTLINE_OTHER_CALLS_PER_MINUTE": str(ENDLESS),
    }
    with output.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboards.serving.server", "127.0.0.1", str(port)],
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )
    limits = httpx.Limits(max_connections=100)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}/api", timeout=60, limits=limits) as client:
        try:
            _wait_for(client, process, output)
            yield Wire(port, output, client)
        finally:
            process.terminate()
            process.wait(30)


def _wait_for(client: httpx.Client, process: subprocess.Popen, output: Path) -> None:
    """Wait until the server answers."""
    for _ in range(600):
        with contextlib.suppress(httpx.TransportError):
            if client.get("/health").status_code == 200:
                return
        assert process.poll() is None, output.read_text()
        time.sleep(0.1)
    raise AssertionError(f"the server did not come up: {output.read_text()}")
