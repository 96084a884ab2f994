"""The embedded server as a child process: made on first use, started, and ended with its parent."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time

from sql.errors import NotPrivate
from sql.record.answering import OWNER, Answer, answer_of
from sql.record.places import Place

PR_SET_PDEATHSIG = 1
FAST_SHUTDOWN = signal.SIGINT
START_PATIENCE_SECONDS = 60
# Without this, an app killed during a long import holds the write lock until its statement ends.
NOTICE_THE_DEAD = "client_connection_check_interval=1s"


class CannotStart(Exception):
    """The server can't be started; the text says why in one line."""


def prepare(place: Place) -> None:
    """Make the data folder on first use; refuse one of another PostgreSQL version."""
    try:
        place.make_folder(place.socket)
    except NotPrivate as strangers:
        raise CannotStart(str(strangers)) from strangers
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
    with place.log.open("ab") as output:
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
            user=place.user,
            group=place.group,
            extra_groups=place.extra_groups,
        )
    deadline = time.monotonic() + START_PATIENCE_SECONDS
    while (answer := answer_of(place)) is not Answer.READY:
        is_late = answer is Answer.NONE and time.monotonic() > deadline
        if server.poll() is not None or is_late:
            server.kill()
            server.wait()
            raise CannotStart(
                _last_line(place.log.read_text(errors="replace")) or "it ended at once"
            )
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
    """Return the last line a program wrote, the one that says what went wrong."""
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""
