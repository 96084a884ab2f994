"""What the record holds already under the codes that an import uses."""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboards.commands.import_files import Known, Rows
from dashboards.commands.import_tables import CODES, KNOWN_BY, REFERENCES
from sql.record.transactions import Row, Transaction
from sql.stretches import put_together


def known_codes(transaction: Transaction, files: Mapping[str, Rows]) -> Known:
    """Look up what the record holds under the codes that the files use, by table and code."""
    wanted: dict[str, set[Any]] = {table: set() for table in KNOWN_BY}
    for stem, rows in files.items():
        if stem in CODES:
            wanted[stem].update(rows.columns[CODES[stem]])
        for column, table in REFERENCES.get(stem, {}).items():
            wanted[table].update(rows.columns[column])
    return {table: look_up(transaction, table, codes) for table, codes in wanted.items()}


def look_up(transaction: Transaction, table: str, codes: Iterable[Any]) -> dict[Any, Row]:
    """Look up the rows of a table that carry one of the codes."""
    asked = [code for code in codes if code is not None]
    if not asked:
        return {}
    rows = map(with_stretches, transaction.all(f"known_{table}", codes=asked))
    if table == "lots":
        rows = map(_as_files_say, rows)
    return {row[KNOWN_BY[table]]: row for row in rows}


def _as_files_say(lot: Row) -> Row:
    """Forget how a lot was registered where an import corrected it: files say otherwise since."""
    if not lot["is_corrected_by_import"]:
        return lot
    first = "registered_"
    said = {name: lot[name.removeprefix(first)] for name in lot if name.startswith(first)}
    return {**lot, **said}


def with_stretches(row: Row) -> Row:
    """Say a time that is a day or month as a cell of an import does: one value."""
    told = {
        f"{name}_at": put_together(row, name)
        for name in ("happened", "registered_happened")
        if row.get(f"{name}_until") is not None
    }
    return {**row, **told} if told else row
