"""Anchors: how long the audit chain was and what its head was, kept outside the database.

One line a moment in a file that is only appended to, and one in every edition. Put the file where
the database's owner can't write (`LOTLINE_ANCHOR_FILE`), and a cut or rebuilt trail shows. A line
names its database, so that one file may serve several. `sql.trail.anchor_writing` appends to it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sql.errors import LotlineError

UNFINISHED = b" # unfinished"
NO_ANCHOR = (ValueError, KeyError, TypeError, OverflowError, RecursionError)


class AnchorsUnreadable(LotlineError):
    """The file of anchors can't be opened."""


@dataclass(frozen=True)
class Anchor:
    """The chain's length and head at a moment, and where that was kept.

    Attributes:
        length: Entries in the trail.
        head: Hash of the newest, SHA-256 in hex.
        taken_at: When, in UTC.
        kept_in: Where the anchor was read, for a person.
        cluster: The server's own identifier; None where nobody noted it.
        database: Name of the database there; None where nobody noted it.
    """

    length: int
    head: str
    taken_at: datetime
    kept_in: str
    cluster: str | None = None
    database: str | None = None

    def is_of(self, cluster: str, database: str) -> bool:
        """Tell whether the anchor speaks of this database; one that names none does."""
        return self.cluster is None or (self.cluster, self.database) == (cluster, database)


@dataclass(frozen=True)
class UnreadableAnchor:
    """A line of the file that can't be read as an anchor; the text says which line."""

    text: str


def read_anchors(file: Path) -> Iterator[Anchor | UnreadableAnchor]:
    """Read every anchor of the file, oldest first; none where there is no file.

    A last line without its end is what a crash leaves in the middle of writing, and is passed over;
    so is one that `note_anchor` later marked as such. That hides nothing: whoever could cut a line
    short could as well have taken it away, and no file can say that a whole line is gone.

    Raises:
        AnchorsUnreadable: The file is there but can't be opened.
    """
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    if line.strip():
                        yield anchor_of_line(line, f"{file.name} line {number}")
                except NO_ANCHOR:
                    if line.endswith(b"\n") and not line.rstrip().endswith(UNFINISHED):
                        yield UnreadableAnchor(
                            f"Line {number} of {file} is no anchor. Somebody changed the file; "
                            "compare it with your own copy."
                        )
    except FileNotFoundError:
        return
    except OSError as fault:
        raise AnchorsUnreadable(f"The anchors in {file} can't be read: {fault.strerror}") from fault


def anchor_of_line(line: bytes, kept_in: str) -> Anchor:
    """Read one line of the file; raises one of NO_ANCHOR where it is no anchor."""
    kept = json.loads(line)
    return Anchor(
        int(kept["length"]),
        str(kept["head"]),
        datetime.fromisoformat(kept["taken_at"]),
        kept_in,
        kept.get("cluster"),
        kept.get("database"),
    )
