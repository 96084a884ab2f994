"""Where the working file lies, who may hold it, and whether a run goes on from it.

One run at a time, by a lock that the kernel gives back if the process dies. What is in the file is
`sql.warehouse.working_file`'s.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from sql.errors import NotSound, WarehouseBusy
from sql.movements import ACCOUNTED, Band
from sql.private import own_folder
from sql.warehouse.proof import prove
from sql.warehouse.working_file import Warehouse

RUN_PATIENCE_SECONDS = 900
LOCK = "run.lock"


def working_file(home: Path) -> Path:
    """Say where the working file of a home lies."""
    return home / "warehouse" / "working.duckdb"


@contextmanager
def one_run(home: Path, patience_seconds: float = RUN_PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the right to run for the block; the kernel gives it back if the process dies.

    Raises:
        WarehouseBusy: Another run held it for longer than the patience.
    """
    folder = own_folder(working_file(home).parent)
    lock = FileLock(folder / LOCK, timeout=patience_seconds)
    try:
        lock.acquire()
    except Timeout as held:
        raise WarehouseBusy(
            "Another pipeline run is under way and has not ended. Try again when it has."
        ) from held
    try:
        yield
    finally:
        lock.release()


def is_run_under_way(home: Path) -> bool:
    """Tell whether a process holds the right to run; one that died holds it no more."""
    try:
        handle = os.open(working_file(home).with_name(LOCK), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def open_working_file(
    home: Path,
    site_zone: str,
    closure_pairs_budget: int,
    accounted: Band = ACCOUNTED,
    *,
    anew: bool = False,
) -> tuple[Warehouse, dict[str, Any] | None]:
    """Open the working file as the last run left it, or an empty one.

    Args:
        home: LOTLINE_HOME.
        site_zone: See `Warehouse`.
        closure_pairs_budget: See `Warehouse`.
        accounted: See `Warehouse`.
        anew: Begin with an empty one whatever there is.

    Returns:
        The file, and what its `edition.about` says of the copies in it; None: it is empty.
    """
    path = working_file(home)
    if not anew and path.exists():
        with suppress(duckdb.Error):  # a file that can't be read is worth as much as none
            found = Warehouse(path, site_zone, closure_pairs_budget, accounted)
            if since := _claim_sound(found):
                return found, since
            found.close()
    for leftover in path.parent.glob("working.*"):
        leftover.unlink()
    return Warehouse(path, site_zone, closure_pairs_budget, accounted), None


def _claim_sound(found: Warehouse) -> dict[str, Any] | None:
    """Return `edition.about` where the file is proven sound; None where it isn't."""
    try:
        prove(found)
    except NotSound:
        return None
    return found.about()


def sync(path: Path) -> None:
    """Make sure a file's bytes are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
