"""Computes the chain of hashes anew and holds it against the anchors.

A chain alone can't show that its tail was cut or that it was rebuilt from scratch; anchors
(`sql.trail.anchors`), kept outside the database, can. Whether facts agree with the trail is asked
in `sql.trail.facts`.
"""

import hashlib
from collections.abc import Iterable, Iterator

from sql.record.transactions import Transaction
from sql.trail.anchors import Anchor
from sql.trail.findings import Break, Verification

SEED = hashlib.sha256(b"lotline").digest()
PAGE_SIZE = 20_000


def walk_chain(
    transaction: Transaction, verification: Verification, heads: dict[int, str]
) -> Iterator[Break]:
    """Compute every hash anew, and yield the entries that are missing or not what was written.

    Args:
        transaction: One snapshot, in a role that may read the whole trail.
        verification: Where the length and the head are noted, once the walk is over.
        heads: By length, what the anchors ask for; filled with the hashes met there, in hex.
    """
    previous, last = SEED, 0
    while page := transaction.all("audit_chain", after=last, page_size=PAGE_SIZE):
        for entry in page:
            yield from _gap(last, entry["entry_id"])
            last, kept = entry["entry_id"], bytes(entry["hash"])
            if hashlib.sha256(previous + entry["content"].encode()).digest() != kept:
                yield Break(
                    last,
                    entry["table_name"],
                    entry["row_id"],
                    f"Entry {last} ({entry['table_name']} {entry['row_id']}) is not what was "
                    "written, or does not follow the entry before it.",
                )
            previous = kept
            if last in heads:
                heads[last] = kept.hex()
    verification.length, verification.head = last, previous.hex() if last else None


def _gap(last: int, entry_id: int) -> Iterator[Break]:
    """Say which entries are missing between two that follow each other."""
    if entry_id == last + 2:
        yield Break(last + 1, None, None, f"Entry {last + 1} is missing.")
    elif entry_id != last + 1:
        yield Break(last + 1, None, None, f"Entries {last + 1} to {entry_id - 1} are missing.")


def against_anchors(
    length: int, heads: dict[int, str], anchors: Iterable[Anchor]
) -> Iterator[Break]:
    """Say which anchors the trail doesn't meet.

    Args:
        length: Entries in the trail.
        heads: By length of each anchor, the hash that the walk met there.
        anchors: Those of this database.
    """
    for anchor in anchors:
        when = f"{anchor.taken_at:%Y-%m-%d %H:%M:%S} UTC ({anchor.kept_in})"
        if anchor.length > length:
            yield Break(
                length + 1,
                None,
                None,
                f"The tail is cut: the trail had {anchor.length:,} entries at {when}, now "
                f"{length:,}.",
            )
        elif heads[anchor.length] != anchor.head:
            yield Break(
                anchor.length,
                None,
                None,
                f"The chain was rebuilt: entry {anchor.length:,} is not the one anchored at "
                f"{when}.",
            )
