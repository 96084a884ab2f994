"""Retire the new places of an import that its file says are out of use.

That a place is retired is known of it since, not a column of it (`facts.place_revisions`).
"""

from collections.abc import Mapping
from typing import Any

from dashboards.commands.import_files import Known, Rows
from sql.record.transactions import Transaction

STEM, COLUMN = "places", "is_retired"
REASON = "retired in the file that brought it"


def retire_places(
    transaction: Transaction,
    stem: str,
    files: Mapping[str, Rows],
    known: Known,
    ids: Mapping[str, Mapping[Any, int]],
    operator_id: int | None,
) -> None:
    """Write that new places are retired, where their row says so; of other files nothing.

    Args:
        transaction: Open transaction that holds the write lock.
        stem: The file that was just written.
        files: Every file's rows.
        known: What the record had before.
        ids: The ids by table and code.
        operator_id: Who imports; None: the server's own terminal.
    """
    if stem != STEM:
        return
    columns = [files[STEM].columns[name] for name in ("place_code", "name", "kind", COLUMN)]
    retired = [
        (ids[STEM][code], name, kind, True, REASON, operator_id)
        for code, name, kind, is_retired in zip(*columns, strict=True)
        if is_retired and code not in known[STEM]
    ]
    if retired:
        transaction.copy(
            "facts.place_revisions",
            ["place_id", "name", "kind", COLUMN, "reason", "operator_id"],
            retired,
        )
