"""Import of folders, and of frames of text: brought into tables, then taken by `taking`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from dashboards.commands.authority import Person
from dashboards.commands.import_files import ImportRejected, Rejection
from dashboards.imports.columns import FILES
from dashboards.imports.files import given_files, tables_of
from dashboards.imports.given import LINE, Table
from dashboards.imports.mappings import ColumnMapping
from dashboards.imports.reading import Reading, reading_of
from dashboards.imports.tables import wrong_headings
from dashboards.imports.taking import import_tables
from sql.record.transactions import Transaction
from sql.settings import settings

__all__ = ["ImportRejected", "Rejection", "import_folder", "import_frames"]


def import_folder(
    transaction: Transaction,
    paths: Sequence[Path],
    *,
    by: Person | None,
    reading: Reading | None = None,
    mapping: ColumnMapping | None = None,
    **how: Any,
) -> dict[str, int]:
    """Read a folder or files and add them to the record; arguments as for `import_tables`.

    Args:
        transaction: Open transaction; nothing is committed here.
        paths: Files, and folders of files.
        by: The signed-in person; None: whoever runs the server's own terminal.
        reading: How files are to be read; None: as they say, and the site's zone.
        mapping: Which of their columns is which; None: by their names.
        how: Everything else.

    Raises:
        NotPermitted: The person may not import.
        ImportRejected: Names what can't be read together with what can't be taken.

    """
    reading = reading or reading_of(settings())
    tables, wrong, rejections = tables_of(given_files(paths), reading, mapping)
    return import_tables(
        transaction, tables, by=by, zone=reading.zone, wrong=wrong, rejections=rejections, **how
    )


def import_frames(
    transaction: Transaction, frames: Mapping[str, pl.DataFrame], *, by: Person | None, **how: Any
) -> dict[str, int]:
    """Add frames of text to the record, by table; arguments as for `import_tables`."""
    tables, wrong = [], []
    for stem, frame in frames.items():
        file = f"{stem}.csv"
        if stem not in FILES:
            wrong.append(Rejection(file, 1, "", None, f"is none of {', '.join(FILES)}."))
            continue
        names = [name for name in frame.columns if name != LINE]
        places = {name: place for place, name in enumerate(names) if name in FILES[stem]}
        found = wrong_headings(stem, names, places, ())
        wrong += [Rejection(file, 1, column, None, reason) for column, reason in found]
        tables.append(Table(stem, frame, file))
    return import_tables(transaction, tables, by=by, wrong=wrong, **how)
