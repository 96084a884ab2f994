"""The embedded PostgreSQL: shared, on no network port, and gone with the last who used it."""

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sql import embedded
from sql.record import DatabaseRole, Record

USER = """
import sys, time
from pathlib import Path
from sql.embedded import address
print(address(Path(sys.argv[1]), "postgres"), flush=True)
time.sleep(120)
"""
PATIENCE_SECONDS = 20


@pytest.fixture
def home():
    """Give a home that the server's account can reach."""
    with tempfile.TemporaryDirectory(prefix="lotline-test-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "a home"


def start_user(home: Path) -> tuple[subprocess.Popen, str]:
    """Start a process that uses the server, and give it with the address it got."""
    user = subprocess.Popen(
        [sys.executable, "-c", USER, str(home)], stdout=subprocess.PIPE, text=True
    )
    return user, user.stdout.readline().strip()


def runs(home: Path) -> bool:
    """Tell whether the server of the home takes connections."""
    place = embedded.find_place(home)
    return place.run("pg_isready", "-q", "-h", place.socket).returncode == 0


def ends(home: Path) -> bool:
    """Wait until the server has stopped; tell whether it did."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while runs(home) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not runs(home)


def ask(address: str, query: str) -> str:
    """Ask the server one thing."""
    record = Record(address, DatabaseRole.OWNER)
    with record.engine.connect() as connection:
        answer = connection.exec_driver_sql(query).scalar_one()
    record.close()
    return answer


def test_two_processes_share_one_server_until_the_last_is_killed(home) -> None:
    first, address = start_user(home)
    second, same = start_user(home)
    assert address == same
    assert ask(address, "show listen_addresses") == ""

    first.send_signal(signal.SIGKILL)
    first.wait()
    time.sleep(1.5)
    assert ask(same, "select 1") == 1

    second.send_signal(signal.SIGKILL)
    second.wait()
    assert ends(home)


def test_what_was_written_is_there_after_a_killed_user(home) -> None:
    user, address = start_user(home)
    record = Record(address, DatabaseRole.OWNER)
    with record.engine.begin() as connection:
        connection.exec_driver_sql("create table kept as select 42 as answer")
    record.close()
    user.kill()
    user.wait()
    assert ends(home)

    again, address = start_user(home)
    assert ask(address, "select answer from kept") == 42
    again.kill()
    again.wait()
    assert ends(home)
