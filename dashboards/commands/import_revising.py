"""Write what an import found changed: a revision of each product, partner and run, none erased."""

from collections.abc import Sequence
from typing import Any

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.import_masters import MasterRow, Standing
from dashboards.commands.master_kinds import KINDS, Master
from dashboards.commands.reasons import reason_given
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction

REASON = "found changed by an import"
REVISIONS = {
    Master.PRODUCT: ("facts.product_revisions", "product_id"),
    Master.PARTNER: ("facts.partner_revisions", "partner_id"),
    Master.RUN: ("facts.run_revisions", "run_id"),
}


def apply_changes(
    transaction: Transaction,
    rows: Sequence[MasterRow],
    *,
    by: Person | None,
    reason: str = REASON,
) -> dict[str, int]:
    """Write a revision for each changed row, and return how many by stem; others are passed over.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        rows: What `changed_masters` said in this very transaction, and somebody has confirmed.
        by: The signed-in person; None: the server's own terminal.
        reason: Why, 10 characters or more.

    Raises:
        NotPermitted: The person may not import.
        BadValue: The reason is too short.
    """
    if by is not None:
        require(by, Action.IMPORT)
    why = reason_given(reason)
    begin_writing(transaction, by=by, reason="import", is_history=True)
    written: dict[str, int] = {}
    for stem in Master:
        changed = [row for row in rows if row.stem == stem and row.standing is Standing.CHANGED]
        if not changed:
            continue
        table, key = REVISIONS[stem]
        names = list(KINDS[stem].readers)
        operator_id = None if by is None else by.user_id
        transaction.copy(
            table,
            [key, *names, "reason", "from_import", "operator_id"],
            [(*_restated(row, names), why, True, operator_id) for row in changed],
        )
        written[stem] = len(changed)
    return written


def _restated(row: MasterRow, names: Sequence[str]) -> list[Any]:
    """Return a row's id and every value that may change, the changed ones as the file says them."""
    held = row.held or {}
    said = {change.column: change.new for change in row.changes}
    return [held["id"], *(said.get(name, held[name]) for name in names)]
