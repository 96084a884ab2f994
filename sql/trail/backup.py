"""Backs the record up into one file, as it is at one moment.

What the file holds is said in `sql.trail.backup_file`. The record is only read here.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sql.record.bulk import columns_of, copied_out
from sql.record.engine import Record
from sql.record.transactions import Transaction
from sql.trail.backup_file import FORMAT, MANIFEST, BackupUnusable
from sql.trail.backup_tables import TABLES


def back_up(owner: Record, file: Path) -> dict[str, Any]:
    """Write a backup of the record as it is at one moment, and return its manifest.

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


@contextmanager
def _replacing(file: Path) -> Iterator[IO[bytes]]:
    """Open a new file that only its owner reads, and put it in the old one's place at the end.

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
    """Write the whole record, as of one moment, and return the manifest."""
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
    """Write one table, and tell its columns, rows and sum."""
    columns = columns_of(snapshot, table)
    digest, rows = hashlib.sha256(), 0
    with archive.open(f"{table}.copy", "w", force_zip64=True) as member:
        for block in copied_out(snapshot, table, columns):
            digest.update(block)
            rows += block.count(b"\n")
            member.write(block)
    return {"columns": columns, "rows": rows, "sha256": digest.hexdigest()}
