"""One `lotline up` a home: two would run the same pipeline's clock twice, into the same files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sql.errors import SettingsIncomplete
from sql.private import own_folder
from sql.record.locks import claimed, open_lock

LONGEST_NOTE = 200


class AlreadyUp(SettingsIncomplete):
    """Another process serves this home."""


@contextmanager
def only_one(home: Path, address: str) -> Iterator[None]:
    """Hold the right to serve a home for the block; the kernel gives it back if we die.

    Args:
        home: LOTLINE_HOME.
        address: Where people will find it, for whoever tries a second time.

    Raises:
        AlreadyUp: Somebody else serves it; the text says who and where.
    """
    lock = open_lock(own_folder(home) / "up.lock")
    try:
        if not claimed(lock):
            said = os.pread(lock, LONGEST_NOTE, 0).decode(errors="replace").strip()
            raise AlreadyUp(
                f"Lotline is up on {home} already{f' ({said})' if said else ''}. Stop that one "
                "first, or give this one a home of its own: LOTLINE_HOME=… lotline up"
            )
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"process {os.getpid()}, {address}\n".encode(), 0)
        yield
    finally:
        os.close(lock)
