"""Editions: published, never-changing copies of the warehouse that people read.

Each has a file of its own name; a pointer file says which is current and is replaced in one
step, so a reader sees a whole edition, always. Nothing here writes into an edition.
"""

import os
from contextlib import closing
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from sql.errors import BadQuestion, EditionOutdated, NoEdition, NotSound
from sql.queries import WAREHOUSE_QUERIES, load_queries
from sql.warehouse.evidence import last_step_number
from sql.warehouse.fingerprint import build_fingerprint
from sql.warehouse.opening import sync
from sql.warehouse.proof import SoundRun
from sql.warehouse.working_file import Warehouse

READER = {"enable_external_access": "false", "autoinstall_known_extensions": "false"}


class Edition:
    """One edition, open for reading; may be used by many threads at once."""

    def __init__(self, path: Path) -> None:
        """Open the edition's file, without access to anything else on the machine."""
        self._connection = duckdb.connect(path, read_only=True, config=READER)
        self._connection.execute("set timezone = 'UTC'")
        self._site_zone = "UTC"
        self.about: dict[str, Any] = self._fetch("from edition.about", {}).row(0, named=True)
        self._site_zone = self.about.get("site_zone", "UTC")

    def named(self, query: str, **parameters: Any) -> pl.DataFrame:
        """Give the rows of a named query of `duckdb/queries`.

        Raises:
            EditionOutdated: An earlier version made the edition, without a table or column of it.
        """
        try:
            return self._fetch(load_queries(WAREHOUSE_QUERIES)[query], parameters)
        except (duckdb.CatalogException, duckdb.BinderException) as lacking:
            raise EditionOutdated(
                "This edition was made by an earlier version and lacks what is shown here. Make a "
                "new one: Run now on the Data quality screen, or lotline refresh."
            ) from lacking

    def select(self, select: str) -> pl.DataFrame:
        """Give the rows of a person's own select.

        Raises:
            BadQuestion: It can't be answered; the text says why.
        """
        try:
            return self._fetch(select, {})
        except duckdb.Error as wrong:
            raise BadQuestion(str(wrong)) from wrong
        except AttributeError as empty:
            raise BadQuestion("That is no question; write a select.") from empty

    def _fetch(self, select: str, parameters: dict[str, Any]) -> pl.DataFrame:
        # A cursor a call: one connection used by two threads at once raises.
        with self._connection.cursor() as cursor:
            # Views take days in the zone that tables of the edition were made in.
            cursor.execute("set variable site_zone = $zone", {"zone": self._site_zone})
            return cursor.sql(select, params=parameters or None).pl()


def publish(warehouse: Warehouse, home: Path, proof: SoundRun, *, kept: int) -> str:
    """Publish the working file as the current edition and return the edition's id.

    Args:
        warehouse: The working file.
        home: LOTLINE_HOME.
        proof: That the file is sound (`sql.warehouse.proof.prove`), as it stands now.
        kept: How many editions stay; older ones are removed.

    Raises:
        NotSound: Something was copied, built or checked since the proof.
    """
    if proof.step_number != last_step_number(warehouse):
        raise NotSound(["the working file has changed since it was proven sound"])
    folder = _folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    built_at = datetime.now(UTC)
    edition_id = f"{built_at:%Y%m%dT%H%M%S%fZ}"
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
    for old in sorted(folder.glob("*.duckdb"))[:-kept]:
        old.unlink()
    return edition_id


def current_edition_id(home: Path) -> str | None:
    """Give the current edition's id, or None where nothing was published yet."""
    try:
        return (_folder(home) / "current").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def current_edition(home: Path) -> Edition:
    """Open the current edition; opening it again costs nothing.

    Raises:
        NoEdition: Nothing was published yet.
    """
    edition_id = current_edition_id(home)
    if edition_id is None:
        raise NoEdition("There is no edition yet. Make one with: lotline refresh")
    return _open(_folder(home) / f"{edition_id}.duckdb")


def kept_editions(home: Path) -> list[dict[str, Any]]:
    """Give what each edition that is still kept says about itself, oldest first."""
    abouts = []
    for file in sorted(_folder(home).glob("*.duckdb")):
        with closing(duckdb.connect(file, read_only=True, config=READER)) as connection:
            abouts.append(connection.sql("from edition.about").pl().row(0, named=True))
    return abouts


@lru_cache(maxsize=2)
def _open(path: Path) -> Edition:
    return Edition(path)


def _folder(home: Path) -> Path:
    return home / "editions"


def _take(file: Path, folder: Path, edition_id: str) -> Path:
    """Make a file the current edition, and say where it lies now."""
    taken, edition = folder / f"{edition_id}.unfinished", folder / f"{edition_id}.duckdb"
    os.replace(file, taken)
    sync(taken)
    taken.chmod(0o444)
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
