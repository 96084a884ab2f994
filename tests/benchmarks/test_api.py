"""How fast the API answers with every guard on, against the floors of the HTTP contract.

One real server process (app and API together), 100,000 lots; one client for the latencies, eight
for the writes a second. Sizes: LOTLINE_BENCH_LOTS, LOTLINE_BENCH_CALLS.
"""

import itertools
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest

LOTS = int(os.environ.get("LOTLINE_BENCH_LOTS", "100000"))
CALLS = int(os.environ.get("LOTLINE_BENCH_CALLS", "2000"))
CLIENTS = 8
WRITING_SECONDS = 10
FLOORS_MS = {
    "health": (5, 20, 50),
    "login": (50, 150, 300),
    "lots": (20, 80, 200),
    "qc-decisions": (20, 80, 200),
    "traceability": (30, 100, 250),
}


@pytest.fixture(scope="module")
def address(databases):
    """Return the address of a database of its own."""
    with databases.copied() as address:
        yield address


@pytest.fixture(scope="module")
def plant(address):
    """Fill the record: lots in chains of ten, each made of the one before it."""
    from dashboards.commands.people import add_user
    from sql.record.engine import DatabaseRole, Record

    record = Record(address, DatabaseRole.APP)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    started = time.perf_counter()
    with record.transaction() as transaction:
        for role in ("MANAGER", "OPERATOR"):
            add_user(
                transaction,
                by=None,
                email=f"{role.lower()}@demo.example",
                full_name=role,
                role=role,
                password="lotline-demo",
            )
        transaction.copy(
            "facts.lots",
            ["lot_code", "lot_type", "weight_kg", "happened_at"],
            ((f"B-{n:06}", "MIX", 500, begin + timedelta(minutes=n)) for n in range(LOTS)),
        )
        codes = [f"B-{n:06}" for n in range(LOTS)]
        ids = [row["id"] for row in transaction.all("known_lots", codes=codes)]
        transaction.copy(
            "facts.lot_genealogy",
            ["parent_lot_id", "child_lot_id", "quantity_kg", "happened_at"],
            ((ids[n - 1], ids[n], 40, begin) for n in range(1, LOTS) if n % 10),
        )
    print(
        f"\n{LOTS:,} lots, {LOTS * 9 // 10:,} links filled in {time.perf_counter() - started:.1f} s"
    )
    record.close()
    return address


@pytest.fixture(scope="module")
def api(plant, tmp_path_factory):
    """Start the whole server, its limits out of the way of one busy client."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    many = {
        f"LOTLINE_{kind}_PER_MINUTE": "1000000"
        for kind in ("LOGINS", "LOTS", "DECISIONS", "TRACES", "OTHER_CALLS")
    }
    environment = (
        os.environ
        | many
        | {
            "LOTLINE_DATABASE_URL": plant,
            "LOTLINE_HOME": str(tmp_path_factory.mktemp("home")),
            "LOTLINE_SECRET_KEY": "a key for benchmarks, long enough to be taken",
        }
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboards.serving.server", "127.0.0.1", str(port)], env=environment
    )
    url = f"http://127.0.0.1:{port}/api"
    for _ in range(300):
        try:
            if httpx.get(f"{url}/health").status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(20)


def client_of(url: str, role: str) -> httpx.Client:
    client = httpx.Client(base_url=url, timeout=30)
    credentials = {"email": f"{role}@demo.example", "password": "lotline-demo"}
    answer = client.post("/login", json=credentials)
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


def test_one_client_is_answered_within_the_floors(api) -> None:
    client = client_of(api, "manager")
    number = itertools.count()
    credentials = {"email": "manager@demo.example", "password": "lotline-demo"}
    calls = {
        "health": lambda: client.get("/health"),
        "login": lambda: client.post("/login", json=credentials),
        "lots": lambda: client.post(
            "/lots",
            json={
                "lot_code": f"NEW-{next(number):05}",
                "lot_type": "MIX",
                "weight_kg": 12.5,
                "parents": [{"lot_code": f"B-{next(number) * 7 % LOTS:06}", "quantity_kg": 0.01}],
            },
        ),
        "qc-decisions": lambda: client.post(
            "/qc-decisions",
            json={
                "lot_id": next(number) * 3 % LOTS + 1,
                "decision": "HOLD",
                "notes": "waits for the laboratory",
            },
        ),
        "traceability": lambda: client.get(f"/traceability/B-{next(number) * 11 % LOTS:06}"),
    }
    over = []
    print(f"\n{'ms':<14}{'P50':>8}{'P95':>8}{'P99':>8}   floor")
    for name, call in calls.items():
        took_ms = []
        for _ in range(CALLS):
            started = time.perf_counter()
            answer = call()
            took_ms.append((time.perf_counter() - started) * 1000)
            assert answer.status_code in (200, 201), answer.text
        cuts = statistics.quantiles(took_ms, n=100)
        measured = (cuts[49], cuts[94], cuts[98])
        print(f"{name:<14}" + "".join(f"{ms:8.1f}" for ms in measured) + f"   {FLOORS_MS[name]}")
        over += [name for ms, floor in zip(measured, FLOORS_MS[name], strict=True) if ms > floor]
    assert over == []


def test_eight_clients_write_as_fast_as_one_lock_lets_them(api) -> None:
    until, counts = time.monotonic() + WRITING_SECONDS, []

    def write(own: int) -> None:
        client, done = client_of(api, "operator"), 0
        while time.monotonic() < until:
            answer = client.post("/lots", json={"lot_code": f"W{own}-{done}", "weight_kg": 5})
            assert answer.status_code == 201, answer.text
            done += 1
        counts.append(done)

    writers = [threading.Thread(target=write, args=(own,)) for own in range(CLIENTS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(counts) == CLIENTS
    print(f"\n{sum(counts) / WRITING_SECONDS:,.0f} lots a second from {CLIENTS} clients")
