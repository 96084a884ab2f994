"""Restores a backup into an empty record, whole or not at all.

Everything happens in one transaction, and that ends with the verification of the trail: a record
that isn't the one backed up is never committed.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from sql.record.bulk import copied_in
from sql.record.engine import Record
from sql.record.transactions import Transaction
from sql.trail.audit import verify
from sql.trail.backup_file import (
    BackupUnusable,
    anchor_of,
    blocks_of,
    manifest_of,
    opened,
)
from sql.trail.backup_tables import TABLES


def restore(owner: Record, file: Path) -> dict[str, Any]:
    """Restore a backup into an empty record, verify it, and return its manifest.

    Args:
        owner: The record in the owner's role, brought to the backup's shape, with nothing in it.
        file: What `back_up` wrote.

    Raises:
        BackupUnusable: The file is damaged or of another shape, the record isn't empty, or the
            restored trail isn't whole; nothing is restored.
    """
    with opened(file) as archive:
        manifest = manifest_of(archive)
        with owner.transaction() as transaction:
            _guard_target(transaction, manifest)
            transaction.run("lock_for_restore")
            _guard_target(transaction, manifest)  # somebody may have written meanwhile
            transaction.run("open_for_restore")
            for table in TABLES:
                _read_table(transaction, archive, table, manifest["tables"][table])
            transaction.run("set_identities")
            transaction.run("close_after_restore")
            found = verify(transaction, [anchor_of(manifest)], sees_passwords=True).breaks
            if found:
                raise BackupUnusable(
                    f"{file.name} is not the record that was backed up: {found[0].text} "
                    "Nothing was restored."
                )
    return manifest


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


def _read_table(
    transaction: Transaction, archive: zipfile.ZipFile, table: str, about: dict[str, Any]
) -> None:
    """Read one table, refusing one that isn't what was written."""
    digest = hashlib.sha256()

    def blocks() -> Iterator[bytes]:
        for block in blocks_of(archive, f"{table}.copy"):
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
