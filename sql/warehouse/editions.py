"""Editions: published, never-changing copies of the warehouse that people read.

Each has a file of its own name; a pointer file says which is current and is replaced in one
step, so a reader sees a whole edition, always. Their names begin with a number that counts up:
which one is newer is never asked of a clock. Read here only; `publishing` makes them.
"""

import re
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from sql.errors import BadQuestion, EditionOutdated, NoEdition
from sql.queries import WAREHOUSE_QUERIES, load_queries
from sql.warehouse.variables import set_variables

COUNTED = re.compile(r"(\d{8})-")
READER: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
}


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
        """Return the rows of a named query of `duckdb/queries`.

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
        """Return the rows of a person's own select.

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
            set_variables(cursor, self._site_zone)
            return cursor.sql(select, params=parameters or None).pl()


def current_edition_id(home: Path) -> str | None:
    """Read the current edition's id, or None where nothing was published yet."""
    try:
        return (edition_folder(home) / "current").read_text(encoding="ascii").strip()
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
    return _open(edition_folder(home) / f"{edition_id}.duckdb")


def kept_editions(home: Path) -> list[dict[str, Any]]:
    """Read what each kept edition says about itself, oldest first."""
    abouts = []
    for file in edition_files(home):
        with closing(duckdb.connect(file, read_only=True, config=READER)) as connection:
            abouts.append(connection.sql("from edition.about").pl().row(0, named=True))
    return abouts


@lru_cache(maxsize=2)
def _open(path: Path) -> Edition:
    return Edition(path)


def edition_files(home: Path) -> list[Path]:
    """List the editions' files in the order in which they were published."""
    files = edition_folder(home).glob("*.duckdb")
    return sorted(files, key=lambda file: (_number(file.stem), file.stem))


def next_number(home: Path) -> int:
    """Count one on from every edition there is, and from the current one."""
    known = [file.stem for file in edition_files(home)]
    return max(map(_number, [*known, current_edition_id(home) or ""])) + 1


def _number(edition_id: str) -> int:
    """Read an edition's number; 0: a version up to 0.3.0 named it, by the time alone."""
    counted = COUNTED.match(edition_id)
    return int(counted[1]) if counted else 0


def edition_folder(home: Path) -> Path:
    """Return the folder that holds a home's editions and the pointer to the current one."""
    return home / "editions"
