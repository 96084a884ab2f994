"""A PostgreSQL and an app process of a test's own, to be killed, stopped and asked."""

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import text

from dashboards.commands.authority import Person
from dashboards.commands.people import add_user
from sql.record import embedded
from sql.record.answering import Answer, answer_of
from sql.record.engine import DatabaseRole, Record
from sql.record.locks import locked
from sql.record.opening import open_record
from sql.record.places import Place, find_place
from sql.settings import Settings
from sql.vocabulary import Role
from tests.engines import engine_of

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "lotline-demo"
KEY = "a key for tests, long enough to be taken"
ENDLESS = str(10**9)
PATIENCE_SECONDS = 90
FAST_SHUTDOWN = signal.SIGINT
APP = """
import sys, uvicorn
from dashboards.api.application import create_api
from sql.settings import Settings
uvicorn.run(create_api(Settings()), host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
"""
SEED = hashlib.sha256(b"lotline").digest()
FACTS = {
    "lots": "lot_id",
    "lot_genealogy": "link_id",
    "readings": "reading_id",
    "qc_decisions": "decision_id",
    "decision_signatures": "signature_id",
    "shipments": "shipment_id",
}


@dataclass
class Server:
    """A PostgreSQL of the test's own; its keeper starts it again whenever it ends."""

    home: Path
    address: str
    person: Person

    @property
    def place(self) -> Place:
        """Tell where it keeps its things."""
        return find_place(self.home)

    @property
    def first_process(self) -> int:
        """Return the id of the process that all its others are children of."""
        return int((self.place.data / "postmaster.pid").read_text().splitlines()[0])

    def kill(self) -> None:
        """Kill every process of it at once, as a power cut would."""
        first = self.first_process
        others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *map(int, others)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def stop(self) -> None:
        """Stop it in order, as an administrator who restarts it would."""
        first = self.first_process
        os.kill(first, FAST_SHUTDOWN)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while Path(f"/proc/{first}").exists():
            assert time.monotonic() < deadline, "PostgreSQL did not stop"
            time.sleep(0.01)

    def wait(self) -> None:
        """Wait until it takes connections."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while answer_of(self.place) is not Answer.READY:
            assert time.monotonic() < deadline, self.place.log.read_text()[-2000:]
            time.sleep(0.05)


@contextlib.contextmanager
def own_server(within: Path | None = None) -> Iterator[Server]:
    """Start a PostgreSQL of the test's own, with the record's tables and one manager in it."""
    with tempfile.TemporaryDirectory(prefix="lotline-test-", dir=within or "/tmp") as folder:
        Path(folder).chmod(0o711)
        home = Path(folder) / "home"
        open_record(Settings(home=home, database_url=None), DatabaseRole.OWNER).close()
        address = embedded.address(home)
        app = Record(address, DatabaseRole.APP)
        with app.transaction() as transaction:
            user_id = add_user(
                transaction,
                by=None,
                email="manager@demo.example",
                full_name="Manager",
                role=Role.MANAGER,
                password=PASSWORD,
            )
        app.close()
        person = Person(user_id, "manager@demo.example", "Manager", Role.MANAGER)
        yield Server(home, address, person)
        embedded.drop_lease(home)
        with locked(find_place(home).base / "keeper.lock"):
            pass


@contextlib.contextmanager
def serving(address: str, home: Path) -> Iterator[httpx.Client]:
    """Serve the API in a process of its own, and return a client with a manager's token."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "LOTLINE_DATABASE_URL": address,
        "LOTLINE_SECRET_KEY": KEY,
        "LOTLINE_HOME": str(home),
        "LOTLINE_LOTS_PER_MINUTE": ENDLESS,
        "LOTLINE_DECISIONS_PER_MINUTE": ENDLESS,
        "LOTLINE_TRACES_PER_MINUTE": ENDLESS,
        "LOTLINE_OTHER_CALLS_PER_MINUTE": ENDLESS,
        "PYTHONPATH": str(ROOT),
    }
    app = subprocess.Popen([sys.executable, "-c", APP, str(port)], env=environment, cwd=ROOT)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            _wait_for(app, client)
            asked = {"email": "manager@demo.example", "password": PASSWORD}
            token = client.post("/login", json=asked).raise_for_status().json()["token"]
            client.headers["Authorization"] = f"Bearer {token}"
            yield client
            assert app.poll() is None, "the app ended by itself"
    finally:
        app.terminate()
        app.wait(30)


def _wait_for(app: subprocess.Popen, client: httpx.Client) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with contextlib.suppress(httpx.TransportError):
            client.get("/health").raise_for_status()
            return
        assert app.poll() is None, "the app did not start"
        assert time.monotonic() < deadline, "the app did not answer"
        time.sleep(0.1)


def asker(address: str) -> Callable[..., list[tuple]]:
    """Make a function that asks the record, as its owner, on a connection of its own each time."""

    def ask(statement: str, **parameters) -> list[tuple]:
        owner = Record(address, DatabaseRole.OWNER)
        with engine_of(owner).connect() as connection:
            rows = [tuple(row) for row in connection.execute(text(statement), parameters)]
        owner.close()
        return rows

    return ask


def require_whole_trail(address: str) -> int:
    """Compute the chain anew and hold every fact against it, and return the chain's length."""
    ask = asker(address)
    entries = ask(
        "select entry_id, hash, audit.content(entries), table_name, row_id"
        " from audit.entries order by entry_id"
    )
    assert [entry[0] for entry in entries] == list(range(1, len(entries) + 1))
    previous = SEED
    for _, kept, content, _, _ in entries:
        previous = hashlib.sha256(previous + content.encode()).digest()
        assert bytes(kept) == previous
    for table, key in FACTS.items():
        noted = sorted(row_id for *_, named, row_id in entries if named == table)
        held = ask(f"select {key} from facts.{table} order by {key}")
        assert noted == [row[0] for row in held]
    return len(entries)
