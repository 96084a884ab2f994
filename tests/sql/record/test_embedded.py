"""The embedded PostgreSQL: shared, on no network port, and gone with the last who used it."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sql.record.answering import Answer, answer_of
from sql.record.engine import DatabaseRole, Record
from sql.record.places import find_place
from sql.record.placing import noted
from tests.engines import engine_of
from tests.presence import present

USER = """
import sys, time
from pathlib import Path
from sql.record.embedded import address
print(address(Path(sys.argv[1]), "postgres"), flush=True)
time.sleep(120)
"""
PATIENCE_SECONDS = 20


@pytest.fixture
def home():
    """Make a home that the server's account can reach."""
    with tempfile.TemporaryDirectory(prefix="lotline-test-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder) / "a home"


def start_user(home: Path) -> tuple[subprocess.Popen, str]:
    """Start a process that uses the server, and return it with the address it got."""
    user = subprocess.Popen(
        [sys.executable, "-c", USER, str(home)], stdout=subprocess.PIPE, text=True
    )
    return user, present(user.stdout).readline().strip()


def runs(home: Path) -> bool:
    """Tell whether the server of the home takes connections."""
    return answer_of(find_place(home)) is Answer.READY


def ends(home: Path) -> bool:
    """Wait until the server has stopped; tell whether it did."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while runs(home) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not runs(home)


def comes(home: Path) -> bool:
    """Wait until the server takes connections; tell whether it does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not runs(home) and time.monotonic() < deadline:
        time.sleep(0.1)
    return runs(home)


def ask(address: str, query: str) -> str:
    """Ask the server one thing."""
    record = Record(address, DatabaseRole.OWNER)
    with engine_of(record).connect() as connection:
        answer = connection.exec_driver_sql(query).scalar_one()
    record.close()
    return answer


def test_two_processes_share_one_server_until_the_last_is_killed(home) -> None:
    first, address = start_user(home)
    second, same = start_user(home)
    assert address == same
    assert ask(address, "show listen_addresses") == ""

    assert ask(address, "show unix_socket_permissions") == "0700"
    place = find_place(home)
    assert 'role "' not in place.log.read_text()
    assert present(noted(home)).has_data
    assert stat.S_IMODE(place.socket.stat().st_mode) == 0o700
    place.socket.chmod(0o777)
    third, nothing = start_user(home)
    assert (nothing, third.wait()) == ("", 1)
    place.socket.chmod(0o700)

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
    with engine_of(record).begin() as connection:
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


def kill_server(home: Path) -> None:
    """Kill the server's first process, and nothing else, without a chance to tidy up."""
    pid_file = find_place(home).data / "postmaster.pid"
    os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGKILL)


def test_a_killed_server_is_started_again_while_somebody_uses_it(home) -> None:
    user, address = start_user(home)
    record = Record(address, DatabaseRole.OWNER)
    with engine_of(record).begin() as connection:
        connection.exec_driver_sql("create table kept as select 42 as answer")
    record.close()

    kill_server(home)
    assert comes(home)
    assert ask(address, "select answer from kept") == 42
    for _kill in range(2):
        kill_server(home)
        # Comes in the middle of it: is kept waiting, not left hanging, and starts no second server.
        other, same = start_user(home)
        assert same == address
        assert ask(address, "select answer from kept") == 42
        other.kill()
        other.wait()

    user.kill()
    user.wait()
    assert ends(home)


def test_a_server_that_can_not_start_again_is_tried_until_it_can(home) -> None:
    user, address = start_user(home)
    data = find_place(home).data
    aside = data.with_name("aside")
    log = data.with_name("server.log")

    kill_server(home)
    data.rename(aside)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while log.read_text().count("could not access directory") < 2:
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
    aside.rename(data)

    assert comes(home)
    assert ask(address, "select 1") == 1
    user.kill()
    user.wait()
    assert ends(home)
