"""The keeper: one small process that owns the embedded server and outlives any one user of it.

Run as `python -m sql.record.keeper HOME` by `sql.record.embedded`, which holds the start lock
meanwhile. It says one line, `ready` or what went wrong, then watches the leases. With none
left it stops the server (PostgreSQL's fast shutdown) and ends. A server that ends on its
own, or is killed, is started again. If the keeper itself is killed, the kernel sends the server
the same signal.
"""

import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from sql.record.embedded import OWNER, Place, find_place

PR_SET_PDEATHSIG = 1
FAST_SHUTDOWN = signal.SIGINT
START_PATIENCE_SECONDS = 60
WATCH_EVERY_SECONDS = 0.5
# An app killed amid a long import would else hold the write lock until the import's statement ends.
NOTICE_THE_DEAD = "client_connection_check_interval=1s"
START_AGAIN_EVERY_SECONDS = 0.5
NO_ANSWER = 2  # of pg_isready; 1: the server answers, and is still recovering


class CannotStart(Exception):
    """The server can't be started; the text says why in one line."""


def keep(home: Path) -> None:
    """Run the server of a home until nobody holds a lease on it."""
    place = find_place(home)
    own = os.open(place.base / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
    # A keeper that is just ending still holds it for a moment.
    fcntl.flock(own, fcntl.LOCK_EX)
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, signal.SIG_IGN)
    prepare(place)
    server = start(place)
    print("ready", flush=True)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    leases = os.open(place.base / "leases.lock", os.O_RDWR)
    while is_wanted(leases):
        if server.poll() is None:
            time.sleep(WATCH_EVERY_SECONDS)
        else:
            server = start_again(place, server)
    server.send_signal(FAST_SHUTDOWN)
    server.wait()


def is_wanted(leases: int) -> bool:
    """Tell whether anybody holds a lease; with nobody left, keeps new ones waiting."""
    try:
        fcntl.flock(leases, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def start_again(place: Place, ended: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    """Start a server that has ended; gives the ended one where that can't be done yet.

    A killed server's own children take a moment to end and keep the data folder until then; a full
    disk may take somebody an hour. Why it can't start stands in the server's log.
    """
    try:
        return start(place)
    except CannotStart:
        time.sleep(START_AGAIN_EVERY_SECONDS)
        return ended


def prepare(place: Place) -> None:
    """Make the data folder on first use; refuse one of another PostgreSQL version."""
    place.make_folder(place.socket)
    version = place.data / "PG_VERSION"
    if not version.exists():
        _initialise(place)
    held = version.read_text(encoding="ascii").strip()
    programs = place.run("postgres", "--version").stdout.split()[-1]
    if programs.split(".")[0] != held:
        raise CannotStart(
            f"{place.data} was written by PostgreSQL {held}, the programs are {programs}"
        )


def _initialise(place: Place) -> None:
    """Run initdb in a folder beside and rename it, so that a killed initdb leaves nothing half."""
    for leftover in place.base.glob("data.*"):
        shutil.rmtree(leftover)
    fresh = place.base / f"data.{os.getpid()}"
    place.make_folder(fresh)
    made = place.run(
        "initdb",
        "-D",
        fresh,
        "-U",
        OWNER,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
    )
    if made.returncode != 0:
        raise CannotStart(_last_line(made.stderr) or "initdb failed")
    fresh.rename(place.data)


def start(place: Place) -> subprocess.Popen[bytes]:
    """Start the server as our child and wait until it takes connections.

    Raises:
        CannotStart: It ended at once, or said nothing for a minute. Recovering may take longer.
    """
    log = place.base / "server.log"
    with log.open("ab") as output:
        server = subprocess.Popen(
            [
                place.binaries / "postgres",
                "-D",
                place.data,
                "-k",
                place.socket,
                "-c",
                "listen_addresses=",
                "-c",
                "unix_socket_permissions=0700",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC",
                "-c",
                "max_connections=60",
                *(("-c", NOTICE_THE_DEAD) if sys.platform == "linux" else ()),
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,
            preexec_fn=_die_with_parent,
            **place.identity(),
        )
    deadline = time.monotonic() + START_PATIENCE_SECONDS
    while (answer := place.run("pg_isready", "-q", "-h", place.socket).returncode) != 0:
        is_late = answer == NO_ANSWER and time.monotonic() > deadline
        if server.poll() is not None or is_late:
            server.kill()
            server.wait()
            raise CannotStart(_last_line(log.read_text(errors="replace")) or "it ended at once")
        time.sleep(0.05)
    return server


def _die_with_parent() -> None:
    """Ask the kernel to shut the server down fast when the keeper dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(FAST_SHUTDOWN))
    # The keeper ignores these; its child must not inherit that.
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, signal.SIG_DFL)


def _last_line(text: str) -> str:
    """Give the last line a program wrote, the one that says what went wrong."""
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""


if __name__ == "__main__":
    try:
        keep(Path(sys.argv[1]))
    except (CannotStart, OSError) as reason:
        sys.exit(print(reason, flush=True) or 1)
