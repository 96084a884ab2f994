"""The embedded PostgreSQL: a real server of our own, for the demo and for tests.

Every process that needs it takes a lease (a shared lock on one file) and holds it while it
lives. The keeper (`sql.record.keeper`) owns the server and stops it when no lease is left. The
kernel drops a dead process's locks, so a crash of any of them leaves nothing running.

The server listens on no network port; its socket lies in a folder only its account may enter.
Never used when LOTLINE_DATABASE_URL is set.
"""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from sql.errors import EmbeddedFailed
from sql.private import require_private
from sql.record.answering import OWNER, Answer, answer_of
from sql.record.locks import is_held, locked, open_lock
from sql.record.places import Place, find_place, settle_place

DATABASE = "lotline"
ANSWER_PATIENCE_SECONDS = 60

_leases: dict[Path, int] = {}


def address(home: Path, database: str = DATABASE) -> str:
    """Return the embedded server's address, starting the server if it isn't up.

    The lease taken here lasts until this process ends.

    Args:
        home: LOTLINE_HOME; each home has a server of its own.
        database: Name of the database in it.

    Raises:
        EmbeddedFailed: The server did not start; the text ends with what it said.
        NotPrivate: Somebody else made the folder of its socket, or may enter it.
    """
    place = settle_place(home)
    take_lease(place)
    with locked(place.base / "start.lock"):
        if not _keeper_lives(place):
            _start_keeper(home)
    require_private(place.socket, place.owner)
    return f"postgresql+psycopg://{OWNER}@/{database}?host={quote(str(place.socket))}"


def take_lease(place: Place) -> None:
    """Hold this process's share in the server; waits while the server is stopping."""
    if place.base in _leases:
        return
    handle = open_lock(place.base / "leases.lock")
    fcntl.flock(handle, fcntl.LOCK_SH)
    _leases[place.base] = handle


def drop_lease(home: Path) -> None:
    """Hand this process's share back, so that the server may stop before the process does."""
    handle = _leases.pop(find_place(home).base, None)
    if handle is not None:
        os.close(handle)


def _keeper_lives(place: Place) -> bool:
    """Tell whether a keeper holds its lock; waits until its server answers.

    Raises:
        EmbeddedFailed: The server is being started again and doesn't answer yet.
    """
    deadline = time.monotonic() + ANSWER_PATIENCE_SECONDS
    while is_held(place.base / "keeper.lock"):
        if answer_of(place) is Answer.READY:
            return True
        if time.monotonic() > deadline:
            raise EmbeddedFailed(
                "The embedded PostgreSQL takes no connections: it is recovering, or can't start "
                f"again. Try again shortly; {place.log} says more."
            )
        time.sleep(0.1)
    return False


def _start_keeper(home: Path) -> None:
    """Start the keeper in a session of its own and wait for its word that the server is up."""
    keeper = subprocess.Popen(
        [sys.executable, "-m", "sql.record.keeper", str(home)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said = keeper.stdout.readline().strip() if keeper.stdout else ""
    if said != "ready":
        keeper.wait()
        raise EmbeddedFailed(
            f"The embedded PostgreSQL did not start: {said or 'its keeper ended without a word'}. "
            "Or set LOTLINE_DATABASE_URL to a PostgreSQL of your own."
        )
