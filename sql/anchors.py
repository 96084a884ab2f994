"""Anchors: how long the audit chain was and what its head was, kept outside the database.

One line a moment in a file that is only appended to, and one in every edition. Put the file where
the database's owner can't write (`LOTLINE_ANCHOR_FILE`), and a cut or rebuilt trail shows.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sql.errors import LotlineError
from sql.record import Transaction


class AnchorsUnreadable(LotlineError):
    """The file of anchors holds a line that is none."""


@dataclass(frozen=True)
class Anchor:
    """The chain's length and head (SHA-256, hex) at a moment (UTC), and where that was kept."""

    length: int
    head: str
    taken_at: datetime
    kept_in: str


def note_anchor(transaction: Transaction, file: Path) -> bool:
    """Append the chain's present length and head to the file; tells whether there was news.

    Args:
        transaction: Any role that may read the chain's hashes.
        file: Made with its folder where it is missing; each line is on the disk on return.
    """
    head = transaction.one("audit_head")
    if head is None or (head["length"], head["head"]) == _newest(file):
        return False
    line = {"length": head["length"], "head": head["head"],
            "taken_at": datetime.now(UTC).isoformat()}  # fmt: skip
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as anchors:
        anchors.write(json.dumps(line) + "\n")
        anchors.flush()
        os.fsync(anchors.fileno())
    return True


def read_anchors(file: Path) -> Iterator[Anchor]:
    """Give every anchor of the file, oldest first; none where there is no file.

    Raises:
        AnchorsUnreadable: A line isn't an anchor; the text names it.
    """
    if not file.exists():
        return
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            kept = json.loads(line)
            yield Anchor(
                int(kept["length"]), str(kept["head"]), datetime.fromisoformat(kept["taken_at"]),
                f"{file.name} line {number}",
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as wrong:
            raise AnchorsUnreadable(
                f"Line {number} of {file} is no anchor. Somebody changed the file; take it from "
                "your own copy."
            ) from wrong


def _newest(file: Path) -> tuple[int, str] | None:
    """Give length and head of the file's last line, None where there is none."""
    if not file.exists() or not file.stat().st_size:
        return None
    with file.open("rb") as anchors:
        anchors.seek(max(0, file.stat().st_size - 1000))
        last = anchors.read().splitlines()[-1]
    try:
        kept = json.loads(last)
    except ValueError:
        return None  # cut off by a crash; `read_anchors` says so
    return kept["length"], kept["head"]
