"""The one file a backup is: what is in it, and how it is read without being trusted.

One zip: each table as PostgreSQL's COPY text, and a manifest with row counts, SHA-256 sums and the
audit chain's anchor. It needs no client programs and fits any server version. Left out: `sessions`
(everybody signs in again) and `row_xid` (transaction numbers of the old server mean nothing to a
new one). Nothing here asks the record; `sql.trail.backup` writes it out and `sql.trail.restore`
reads it back.
"""

import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sql.errors import LotlineError
from sql.trail.anchors import Anchor
from sql.trail.backup_tables import TABLES

FORMAT = 1
MANIFEST = "manifest.json"
# What `zipfile` raises on a damaged file besides `BadZipFile`: it trusts most of what it reads.
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


def opened(file: Path) -> zipfile.ZipFile:
    """Open the file as a zip.

    Raises:
        BackupUnusable: It is none, or its directory is damaged.
    """
    try:
        return zipfile.ZipFile(file)
    except DAMAGES as wrong:
        raise BackupUnusable(f"{file} is no backup, or damaged: {wrong}") from wrong


def manifest_of(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Read what the backup says of itself: revision, anchor, and each table's columns, rows, sum.

    Raises:
        BackupUnusable: It is damaged, of another program, or of another format.
    """
    text = b"".join(blocks_of(archive, MANIFEST))
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
    """Tell whether the manifest holds all that a restore needs; a wrong shape raises."""
    return (
        bool(manifest["revision"])
        and all(
            {"columns", "rows", "sha256"} <= set(about)
            and all(isinstance(name, str) for name in about["columns"])
            for about in manifest["tables"].values()
        )
        and isinstance(anchor_of(manifest).length, int)
    )


def anchor_of(manifest: dict[str, Any]) -> Anchor:
    """Return the length and head that the trail had when the backup was made."""
    return Anchor(
        manifest["anchor"]["length"],
        manifest["anchor"]["head"],
        datetime.fromisoformat(manifest["made_at"]),
        MANIFEST,
    )


def blocks_of(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Read one file of the zip block by block.

    Raises:
        BackupUnusable: It is missing or damaged.
    """
    try:
        with archive.open(name) as member:
            while block := member.read(1 << 20):
                yield block
    except DAMAGES as damaged:
        raise BackupUnusable(f"The backup is damaged: {name} can't be read.") from damaged
