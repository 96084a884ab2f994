"""Read the process in force from the record, whole."""

from collections.abc import Mapping
from typing import Any

from dashboards.commands.process.parts import KINDS, Key, Part, Process
from sql.record.transactions import Transaction


def process_in_force(transaction: Transaction) -> Process:
    """Return the process in force now, or at the moment the transaction asks about.

    Retired parts are left out; limits that have ended are in it, for what they judged.
    """
    parts: dict[str, Mapping[Key, Part]] = {}
    for name, kind in KINDS.items():
        rows = transaction.all(f"process_{name}")
        found = [{column: _kept(row[column]) for column in kind.columns} for row in rows]
        parts[name] = {kind.key_of(part): part for part in found}
    return Process(transaction.value("process_name"), parts)


def _kept(value: Any) -> Any:
    """Return a value so that equal ones compare equal: arrays as tuples."""
    return tuple(value) if isinstance(value, list) else value
