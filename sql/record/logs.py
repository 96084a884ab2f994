"""Logs that don't grow for ever.

A server writes its log itself and keeps the file open, so the file stays and is emptied: what it
held goes to numbered ones beside it, the newest in `.1`.
"""

import os
import shutil
from pathlib import Path

LARGEST_BYTES = 10_000_000
KEPT = 3


def keep_short(log: Path, largest_bytes: int = LARGEST_BYTES, kept: int = KEPT) -> None:
    """Empty a log that has grown large, keeping what it held for a while.

    Args:
        log: Written by appending only; nothing is done where it is missing.
        largest_bytes: Up to this size it stays as it is.
        kept: How many earlier parts stay.
    """
    if not log.exists() or log.stat().st_size <= largest_bytes:
        return
    parts = [log.with_name(f"{log.name}.{number}") for number in range(1, kept + 1)]
    for newer, older in zip(parts[-2::-1], parts[:0:-1], strict=True):
        if newer.exists():
            newer.replace(older)
    parts[0].touch(mode=0o600)
    shutil.copyfile(log, parts[0])
    os.truncate(log, 0)
