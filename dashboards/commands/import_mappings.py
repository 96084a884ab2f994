"""Keep under a name how a source's files are read; what stood there before stays in the trail."""

import json
from collections.abc import Mapping
from typing import Any

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.refusals import NotFound
from dashboards.commands.writing import name_writer
from sql.record.transactions import Row, Transaction


def save_mapping(
    transaction: Transaction, *, by: Person, name: str, mapping: Mapping[str, Any]
) -> int:
    """Keep a mapping under a name, in the place of what was kept there; return its id.

    Raises:
        NotPermitted: The person may not import.
        BadValue: The name is empty, too long, or can't be printed.
    """
    require(by, Action.IMPORT)
    kept = values.code(name, "name")
    name_writer(transaction, by=by)
    return transaction.value(
        "write_import_mapping",
        name=kept,
        mapping=json.dumps(mapping, ensure_ascii=False),
        operator_id=by.user_id,
    )


def kept_mappings(transaction: Transaction) -> dict[str, Row]:
    """Return every mapping that counts now, by name, with who wrote it and when."""
    return {row["name"]: row for row in transaction.all("import_mappings")}


def kept_mapping(transaction: Transaction, name: str) -> Mapping[str, Any]:
    """Return the mapping kept under a name.

    Raises:
        NotFound: There is none.
    """
    kept = kept_mappings(transaction)
    if name not in kept:
        raise NotFound("Import mapping", name, field="mapping")
    return kept[name]["mapping"]
