"""The keeper: one small process that owns the embedded server and outlives any one user of it.

Run as `python -m sql.record.keeper HOME` by `sql.record.embedded`, which holds the start lock
meanwhile. It says one line, `ready` or what went wrong, then watches the leases. With none
left it stops the server (PostgreSQL's fast shutdown) and ends. A server that ends on its
own, or is killed, is started again. If the keeper itself is killed, the kernel sends the server
the same signal.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from sql.private import keep_to_owner
from sql.record.locks import claimed, open_lock
from sql.record.logs import keep_short
from sql.record.places import Place, find_place
from sql.record.placing import note_data
from sql.record.server import FAST_SHUTDOWN, CannotStart, prepare, start

WATCH_EVERY_SECONDS = 0.5
TAKE_OVER_SECONDS = 60
START_AGAIN_EVERY_SECONDS = 0.5


def keep(home: Path) -> None:
    """Run the server of a home until nobody holds a lease on it."""
    place = find_place(home)
    own = open_lock(place.base / "keeper.lock")
    take(own)
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, signal.SIG_IGN)
    prepare(place)
    note_data(home)
    server = start(place)
    print("ready", flush=True)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    leases = os.open(place.base / "leases.lock", os.O_RDWR)
    # With nobody left, the lock taken here keeps new ones waiting until the server has stopped.
    while not claimed(leases):
        keep_short(place.log)
        if server.poll() is None:
            time.sleep(WATCH_EVERY_SECONDS)
        else:
            server = start_again(place, server)
    server.send_signal(FAST_SHUTDOWN)
    server.wait()


def take(lock: int) -> None:
    """Take the keeper's lock; one that is just ending still holds it for a moment.

    Raises:
        CannotStart: Another keeper holds it for good.
    """
    deadline = time.monotonic() + TAKE_OVER_SECONDS
    while not claimed(lock):
        if time.monotonic() > deadline:
            raise CannotStart("another keeper runs it, and does not answer")
        time.sleep(0.1)


def start_again(place: Place, ended: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    """Start a server that has ended; return the ended one where that can't be done yet.

    A killed server's own children take a moment to end and keep the data folder until then; a full
    disk may take somebody an hour. Why it can't start stands in the server's log.
    """
    try:
        return start(place)
    except CannotStart:
        time.sleep(START_AGAIN_EVERY_SECONDS)
        return ended


if __name__ == "__main__":
    keep_to_owner()
    try:
        keep(Path(sys.argv[1]))
    except (CannotStart, OSError) as reason:
        print(reason, flush=True)
        sys.exit(1)
