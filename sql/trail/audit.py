"""Verifies the audit trail: whether the chain is whole, and whether the facts agree with it.

Tamper-evident, never tamper-proof: whoever owns the database can change anything, and is found
out. A chain alone can't show that its tail was cut or that it was rebuilt from scratch; anchors
(`sql.trail.anchors`), kept outside the database, can. Nothing here writes to the record.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sql.record.transactions import Row, Transaction
from sql.trail.anchors import Anchor, UnreadableAnchor

SEED = hashlib.sha256(b"lotline").digest()
PAGE_SIZE = 20_000
# Every trigger that stands for a rule or writes the trail, by table, as the migrations make them.
_KEPT = {"note_inserts", "refuse_change"}
_FACT = _KEPT | {"refuse_the_past"}
GUARDS = {
    "decision_signatures": _FACT,
    "decision_withdrawals": _FACT,
    "entries": {"refuse_change"},
    "gate_limits": _KEPT,
    "link_voids": _FACT,
    "lot_corrections": _FACT | {"take_turn", "guard_kilograms"},
    "lot_genealogy": _FACT | {"take_turn", "guard_kilograms", "guard_cycles"},
    "lots": _FACT | {"take_turn"},
    "partners": _KEPT,
    "phases": _KEPT,
    "production_runs": _KEPT,
    "products": _KEPT,
    "qc_decisions": _FACT | {"take_turn"},
    "qc_gates": _KEPT,
    "readings": _FACT,
    "run_requests": _KEPT,
    "shipments": _FACT | {"take_turn", "guard_kilograms"},
    "sign_in_failures": _KEPT,
    "sign_ins": _KEPT,
    "users": _KEPT | {"note_updates"},
}


@dataclass(frozen=True)
class Break:
    """One place where the trail or a fact isn't what it was.

    Attributes:
        entry_id: The entry of the trail; None where a fact disagrees that has no entry.
        table_name: Of which table, where known.
        row_id: Which row of it, where known.
        text: What is wrong, for a person.
    """

    entry_id: int | None
    table_name: str | None
    row_id: int | None
    text: str


@dataclass
class Verification:
    """What a verification found.

    Attributes:
        length: Entries in the trail.
        head: Hash of the newest, hex; None for an empty trail.
        anchors_checked: How many anchors the trail was held against.
        anchors_skipped: How many speak of other databases.
        breaks: Everything wrong, the chain's first; empty: the record is as it was written.
    """

    length: int = 0
    head: str | None = None
    anchors_checked: int = 0
    anchors_skipped: int = 0
    breaks: list[Break] = field(default_factory=list)


def verify(
    transaction: Transaction,
    anchors: Iterable[Anchor | UnreadableAnchor] = (),
    *,
    sees_passwords: bool = False,
) -> Verification:
    """Walk the whole trail, hold it against the anchors, and every fact against the trail.

    Args:
        transaction: One snapshot, in the auditor's or the owner's role, in UTC.
        anchors: What the chain's length and head were, at known moments; those of other databases
            are only counted, and a line that is no anchor is a break.
        sees_passwords: The role may read password hashes, so that swapped ones are found too.
    """
    verification = Verification()
    kept = list(anchors)
    wanted = _of_this_database(transaction, kept, verification)
    heads = {anchor.length: "" for anchor in wanted}
    verification.breaks.extend(_walk(transaction, verification, heads))
    verification.breaks.extend(_against_anchors(verification.length, heads, wanted))
    verification.breaks.extend(
        Break(None, None, None, line.text) for line in kept if isinstance(line, UnreadableAnchor)
    )
    verification.breaks.extend(_against_trail(transaction))
    if sees_passwords:
        verification.breaks.extend(
            Break(
                row["entry_id"],
                "users",
                row["row_id"],
                f"The password of {row['email']} was swapped behind the trail.",
            )
            for row in transaction.all("passwords_against_trail")
        )
    verification.breaks.extend(_unguarded(transaction))
    return verification


def _of_this_database(
    transaction: Transaction, kept: Iterable[Anchor | UnreadableAnchor], verification: Verification
) -> list[Anchor]:
    """Give the anchors that speak of this database, shortest first, and count the others."""
    identity = transaction.all("record_identity")[0]
    anchors = [anchor for anchor in kept if isinstance(anchor, Anchor)]
    ours = [anchor for anchor in anchors if anchor.is_of(**identity)]
    verification.anchors_checked, verification.anchors_skipped = len(ours), len(anchors) - len(ours)
    return sorted(ours, key=lambda anchor: anchor.length)


def _unguarded(transaction: Transaction) -> Iterator[Break]:
    """Say which guards are switched off, and which are gone."""
    standing = {
        (row["table_name"], row["trigger_name"]): row["is_on"] for row in transaction.all("guards")
    }
    for (table, trigger), is_on in standing.items():
        if not is_on:
            yield Break(None, table, None, f"The guard {trigger} on {table} is switched off.")
    for table, triggers in GUARDS.items():
        for trigger in sorted(triggers):
            if (table, trigger) not in standing:
                yield Break(None, table, None, f"The guard {trigger} on {table} is gone.")


def _walk(
    transaction: Transaction, verification: Verification, heads: dict[int, str]
) -> Iterator[Break]:
    """Compute every hash anew, noting those that the anchors speak of."""
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


def _against_anchors(
    length: int, heads: dict[int, str], anchors: Iterable[Anchor]
) -> Iterator[Break]:
    """Say which anchors the trail doesn't meet."""
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


def _against_trail(transaction: Transaction) -> Iterator[Break]:
    """Say which rows differ from what the trail says was written."""
    for row in transaction.all("facts_against_trail"):
        name = f"{row['table_name']} {row['row_id']}"
        if row["found"] is None:
            said = f"{name} was removed; entry {row['entry_id']} wrote it."
        elif row["written"] is None:
            said = f"{name} was put in behind the trail: no entry speaks of it."
        else:
            said = f"{name} was changed behind the trail: {_difference(row)}."
        yield Break(row["entry_id"], row["table_name"], row["row_id"], said)


def _difference(row: Row) -> str:
    """Say which columns differ, and from what to what."""
    found, written = row["found"], row["written"]
    names = [name for name in {**written, **found} if written.get(name) != found.get(name)]
    return ", ".join(f"{name} {written.get(name)!r} → {found.get(name)!r}" for name in names)
