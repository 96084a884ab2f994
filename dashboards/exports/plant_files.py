"""What stands in the record now, as the files that an import takes: one a table.

Taken into an empty plant and out again, the files are equal. What an import has no place for stays
behind: who recorded and signed what and when, what was corrected, voided or withdrawn, assessments
and settled findings. A backup keeps all of it.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from dashboards.commands.import_tables import TABLES
from dashboards.commands.refusals import Taken
from dashboards.exports.csv_text import harmless
from sql.record.transactions import Transaction
from sql.stretches import spelled

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def export_plant(transaction: Transaction, folder: Path, zone: ZoneInfo) -> dict[str, int]:
    """Write a file for each table into a folder, and return the rows of each.

    Args:
        transaction: A snapshot, so that the files fit together.
        folder: Made where it is missing.
        zone: In which times are written, with their offset.

    Raises:
        Taken: A file of that name is there already; nothing was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = [f"{stem}.csv" for stem in TABLES if (folder / f"{stem}.csv").exists()]
    if there:
        raise Taken(f"{there[0]} is in {folder} already. Name an empty folder.", field="folder")
    counts = {}
    for stem in TABLES:
        with open(folder / f"{stem}.csv", "x", encoding="utf-8", newline="") as file:
            counts[stem] = _write(file, transaction, stem, zone)
    return counts


def plant_archive(transaction: Transaction, zone: ZoneInfo) -> bytes:
    """Return the same files in one archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for stem in TABLES:
            with (
                archive.open(f"{stem}.csv", "w", force_zip64=True) as raw,
                io.TextIOWrapper(raw, encoding="utf-8", newline="") as file,
            ):
                _write(file, transaction, stem, zone)
    return packed.getvalue()


def _write(file: IO[str], transaction: Transaction, stem: str, zone: ZoneInfo) -> int:
    """Write one table, headings too where it has no row."""
    writer = csv.writer(file)
    columns, rows = transaction.stream(f"export_{stem}")
    writer.writerow([column for column in columns if column != "happened_until"])
    count = 0
    for cells in _cells(rows, zone):
        writer.writerow(cells)
        count += 1
    return count


def _cells(rows: Iterator[Mapping[str, Any]], zone: ZoneInfo) -> Iterator[list[Any]]:
    for row in rows:
        until = row.get("happened_until")
        yield [
            spelled(value, until, zone)
            if name == "happened_at" and until is not None
            else _cell(value, zone)
            for name, value in row.items()
            if name != "happened_until"
        ]


def _cell(value: Any, zone: ZoneInfo) -> Any:
    """Write a value as the import reads it back; of a text, nothing is a formula."""
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    # A result that is a number is kept as text; below zero it begins like a formula and is none.
    return value if isinstance(value, str) and _NUMBER.fullmatch(value) else harmless(value)
