"""Backs the record up into one file, and restores it whole or not at all.

One zip: each table as PostgreSQL's COPY text, and a manifest with row counts, SHA-256 sums and the
audit chain's anchor. It needs no client programs and fits any server version. Left out: `sessions`
(everybody signs in again) and `row_xid` (transaction numbers of the old server mean nothing to a
new one). A restore ends with the verification of the trail, inside its own transaction.
"""

import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import psycopg

from sql.errors import LotlineError
from sql.record.bulk import columns_of, copied_in, copied_out
from sql.record.engine import Record
from sql.record.transactions import Transaction
from sql.trail.anchors import Anchor
from sql.trail.audit import verify

FORMAT = 1
MANIFEST = "manifest.json"
# In an order in which each table only names rows of tables before it.
TABLES = [
    "public.users",
    "public.sign_ins",
    "public.sign_in_failures",
    "public.given_answers",
    "public.products",
    "public.partners",
    "public.production_runs",
    "public.phases",
    "public.qc_gates",
    "public.gate_limits",
    "public.run_requests",
    "facts.lots",
    "facts.lot_corrections",
    "facts.lot_genealogy",
    "facts.link_voids",
    "facts.readings",
    "facts.qc_decisions",
    "facts.decision_withdrawals",
    "facts.decision_signatures",
    "facts.shipments",
    "audit.entries",
]
# What `zipfile` raises on a damaged file, beside its own error: it trusts most of what it reads.
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    OverflowError,
    RuntimeError,
)


class BackupUnusable(LotlineError):
    """The file can't be written, is no backup, was damaged, or doesn't fit this record."""


def back_up(owner: Record, file: Path) -> dict[str, Any]:
    """Write a backup of the record as it is at one moment and give its manifest.

    Args:
        owner: The record in the owner's role.
        file: Where to; readable by its owner only, since it holds password hashes. Replaced in
            one step, so a backup cut off half-way leaves the last one as it was.

    Raises:
        BackupUnusable: The file can't be written; the last one is as it was.
    """
    try:
        with _replacing(file) as stream:
            return _write(owner, stream)
    except OSError as fault:
        raise BackupUnusable(
            f"No backup was made: {file} can't be written ({fault.strerror or fault})."
        ) from fault


def restore(owner: Record, file: Path) -> dict[str, Any]:
    """Restore a backup into an empty record, verify it, and give its manifest.

    Args:
        owner: The record in the owner's role, brought to the backup's shape, with nothing in it.
        file: What `back_up` wrote.

    Raises:
        BackupUnusable: The file is damaged or of another shape, the record isn't empty, or the
            restored trail isn't whole; nothing is restored.
    """
    with _opened(file) as archive:
        manifest = _manifest(archive)
        with owner.transaction() as transaction:
            _guard_target(transaction, manifest)
            transaction.run("lock_for_restore")
            _guard_target(transaction, manifest)  # somebody may have written meanwhile
            transaction.run("open_for_restore")
            for table in TABLES:
                _read_table(transaction, archive, table, manifest["tables"][table])
            transaction.run("set_identities")
            transaction.run("close_after_restore")
            found = verify(transaction, [_anchor(manifest)], sees_passwords=True).breaks
            if found:
                raise BackupUnusable(
                    f"{file.name} is not the record that was backed up: {found[0].text} "
                    "Nothing was restored."
                )
    return manifest


@contextmanager
def _replacing(file: Path) -> Iterator[IO[bytes]]:
    """Give a new file that only its owner reads, and put it in the old one's place at the end.

    What an earlier backup left unfinished goes first: whoever may read that one, or holds it open,
    must not read this one.
    """
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)


def _write(owner: Record, stream: IO[bytes]) -> dict[str, Any]:
    """Write the whole record, as of one moment, and give the manifest."""
    with owner.snapshot() as snapshot:
        head = snapshot.one("audit_head") or {"length": 0, "head": ""}
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(),
            "revision": snapshot.value("record_revision"),
            "anchor": {"length": head["length"], "head": head["head"]},
            "tables": {},
        }
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for table in TABLES:
                manifest["tables"][table] = _write_table(snapshot, archive, table)
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def _write_table(snapshot: Transaction, archive: zipfile.ZipFile, table: str) -> dict[str, Any]:
    """Write one table and give its columns, rows and sum."""
    columns = columns_of(snapshot, table)
    digest, rows = hashlib.sha256(), 0
    with archive.open(f"{table}.copy", "w", force_zip64=True) as member:
        for block in copied_out(snapshot, table, columns):
            digest.update(block)
            rows += block.count(b"\n")
            member.write(block)
    return {"columns": columns, "rows": rows, "sha256": digest.hexdigest()}


def _read_table(
    transaction: Transaction, archive: zipfile.ZipFile, table: str, about: dict[str, Any]
) -> None:
    """Read one table, refusing one that isn't what was written."""
    digest = hashlib.sha256()

    def blocks() -> Iterator[bytes]:
        for block in _member(archive, f"{table}.copy"):
            digest.update(block)
            yield block

    try:
        copied_in(transaction, table, about["columns"], blocks())
    except psycopg.OperationalError:
        raise  # the server's fault, not the file's
    except psycopg.Error as damaged:
        raise BackupUnusable(
            f"{table} in the backup can't be read: {str(damaged).splitlines()[0]}"
        ) from damaged
    if digest.hexdigest() != about["sha256"]:
        raise BackupUnusable(f"{table} in the backup was changed: its sum is another.")


def _member(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Read one member block by block, refusing a damaged one."""
    try:
        with archive.open(name) as member:
            while block := member.read(1 << 20):
                yield block
    except DAMAGES as damaged:
        raise BackupUnusable(f"The backup is damaged: {name} can't be read.") from damaged


def _opened(file: Path) -> zipfile.ZipFile:
    """Open the file as a backup."""
    try:
        return zipfile.ZipFile(file)
    except DAMAGES as wrong:
        raise BackupUnusable(f"{file} is no backup, or damaged: {wrong}") from wrong


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Read the manifest, refusing one of another program or a later format."""
    text = b"".join(_member(archive, MANIFEST))
    try:
        manifest = json.loads(text)
        is_ours = manifest["format"] == FORMAT and set(manifest["tables"]) == set(TABLES)
        is_ours = is_ours and _is_complete(manifest)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as wrong:
        raise BackupUnusable("The file holds no manifest of a Lotline backup.") from wrong
    if not is_ours:
        raise BackupUnusable("The backup was made by another version of Lotline. Restore with it.")
    return manifest


def _is_complete(manifest: dict[str, Any]) -> bool:
    """Tell whether the manifest says of each table what a restore asks; raises where it can't."""
    return (
        bool(manifest["revision"])
        and all(
            {"columns", "rows", "sha256"} <= set(about)
            and all(isinstance(name, str) for name in about["columns"])
            for about in manifest["tables"].values()
        )
        and isinstance(_anchor(manifest).length, int)
    )


def _anchor(manifest: dict[str, Any]) -> Anchor:
    """Give the length and head that the trail had when the backup was made."""
    return Anchor(
        manifest["anchor"]["length"],
        manifest["anchor"]["head"],
        datetime.fromisoformat(manifest["made_at"]),
        MANIFEST,
    )


def _guard_target(transaction: Transaction, manifest: dict[str, Any]) -> None:
    """Refuse to restore over anything, or into another shape."""
    if not (transaction.value("is_empty") and transaction.value("trail_is_untouched")):
        raise BackupUnusable("The record isn't empty. Restore into a new database.")
    revision = transaction.value("record_revision")
    if revision != manifest["revision"]:
        raise BackupUnusable(
            f"The backup has the shape {manifest['revision']}, this record {revision}. Restore "
            "with the version of Lotline that made it, then update."
        )
