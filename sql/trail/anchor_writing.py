"""Appends the chain's present length and head to the file of anchors.

The file is only ever appended to: what a crash left of a line is marked as unfinished, never
mended. Reading it whole is left to `sql.trail.anchors`.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from sql.private import own_folder
from sql.record.transactions import Transaction
from sql.trail.anchors import NO_ANCHOR, UNFINISHED, anchor_of_line

LOOKED_BACK_BYTES = 16_384


def note_anchor(transaction: Transaction, file: Path) -> bool:
    """Append the chain's present length and head to the file, and tell whether there was news.

    Args:
        transaction: Any role that may read the chain's hashes.
        file: Made with its folder where it is missing; each line is on the disk on return.
    """
    head = transaction.one("audit_head")
    if head is None:
        return False
    news = {**head, **transaction.all("record_identity")[0]}
    tail = _tail(file)
    if _newest(tail, news["cluster"], news["database"]) == (news["length"], news["head"]):
        return False
    line = json.dumps({**news, "taken_at": datetime.now(UTC).isoformat()}).encode()
    own_folder(file.parent)
    with file.open("ab") as anchors:
        anchors.write(_ending(tail) + line + b"\n")
        anchors.flush()
        os.fsync(anchors.fileno())
    return True


def _tail(file: Path) -> bytes:
    """Read the file's last lines, the first of them perhaps cut; nothing where there is no file."""
    if not file.exists():
        return b""
    with file.open("rb") as anchors:
        anchors.seek(max(0, file.stat().st_size - LOOKED_BACK_BYTES))
        return anchors.read()


def _newest(tail: bytes, cluster: str, database: str) -> tuple[int, str] | None:
    """Find length and head of this database's last line; None where none is in sight."""
    for line in reversed(tail.splitlines()):
        try:
            anchor = anchor_of_line(line, "")
        except NO_ANCHOR:
            continue
        if (anchor.cluster, anchor.database) == (cluster, database):
            return anchor.length, anchor.head
    return None


def _ending(tail: bytes) -> bytes:
    """Return the bytes that end a line a crash cut off, so that the next line stands alone."""
    if not tail or tail.endswith(b"\n"):
        return b""
    try:
        anchor_of_line(tail.splitlines()[-1], "")
    except NO_ANCHOR:
        return UNFINISHED + b"\n"
    return b"\n"
