"""Publishes the working file as the current edition, in one step and only on proof.

Reading editions is `editions`.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from sql.errors import NotSound
from sql.private import own_folder
from sql.warehouse.editions import edition_files, edition_folder, next_number
from sql.warehouse.evidence import last_step_number
from sql.warehouse.fingerprint import build_fingerprint
from sql.warehouse.opening import sync
from sql.warehouse.proof import SoundRun
from sql.warehouse.working_file import Warehouse


def publish(warehouse: Warehouse, home: Path, proof: SoundRun, *, kept: int) -> str:
    """Publish the working file as the current edition and return the edition's id.

    Args:
        warehouse: The working file.
        home: LOTLINE_HOME.
        proof: That the file is sound (`sql.warehouse.proof.prove`), as it stands now.
        kept: How many editions stay; those published before them are removed, the current one
            never, whatever the clock says.

    Raises:
        NotSound: Something was copied, built or checked since the proof.
    """
    if proof.step_number != last_step_number(warehouse):
        raise NotSound(["the working file has changed since it was proven sound"])
    folder = edition_folder(home)
    own_folder(folder)
    built_at = datetime.now(UTC)
    edition_id = f"{next_number(home):08d}-{built_at:%Y%m%dT%H%M%SZ}"
    facts = {
        "edition_id": edition_id,
        "built_at": built_at,
        "site_zone": warehouse.site_zone,
        "build_fingerprint": build_fingerprint(),
    }
    warehouse.describe_edition(warehouse.about() | facts)
    for unfinished in folder.glob("*.unfinished"):
        unfinished.unlink()
    warehouse.hand_over(lambda file: _take(file, folder, edition_id))
    for old in edition_files(home)[:-kept]:
        if old.stem != edition_id:
            old.unlink()
    return edition_id


def _take(file: Path, folder: Path, edition_id: str) -> Path:
    """Make a file the current edition, and say where it lies now."""
    taken, edition = folder / f"{edition_id}.unfinished", folder / f"{edition_id}.duckdb"
    os.replace(file, taken)
    sync(taken)
    taken.chmod(0o400)
    taken.rename(edition)
    _point_to(folder, edition_id)
    return edition


def _point_to(folder: Path, edition_id: str) -> None:
    """Swap the pointer in one step, and make the step last."""
    pointer = folder / "current.unfinished"
    pointer.write_text(edition_id, encoding="ascii")
    sync(pointer)
    os.replace(pointer, folder / "current")
    sync(folder)
