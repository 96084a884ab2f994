"""Write what an import corrects of lots, each as a fact of its own."""

from collections.abc import Sequence

from dashboards.commands.import_changes import (
    COLUMNS,
    KEPT,
    KIND,
    LOTS,
    ORIGIN,
    PLACE,
    SAID,
    Change,
    held_value,
)
from dashboards.commands.import_files import Rows
from dashboards.commands.import_known import look_up
from dashboards.commands.import_source import Source
from sql.record.transactions import Transaction
from sql.stretches import parted


def correct_lots(
    transaction: Transaction,
    changes: Sequence[Change],
    lots: Rows | None,
    source: Source,
    operator_id: int | None,
) -> None:
    """Write a correction for each changed lot; earlier values stay readable."""
    ids = {
        column: _ids(transaction, column, table, changes)
        for column, table in {"product_code": "products", **ORIGIN}.items()
    }
    rows = []
    for change in changes:
        if {*change.values} == {PLACE}:
            continue
        now = {column: change.held[column] for column in COLUMNS} | dict(change.values)
        said = ", ".join(
            f"{column} {held_value(change.held[column])} → {held_value(value)}"
            for column, value in change.values.items()
        )
        where = source.row(LOTS, lots.lines[change.at]) if lots is not None else "it"
        rows.append(
            (
                change.held["id"],
                *(ids[column].get(now[column]) for column in ids),
                *(now[column] for column in KEPT if column != "happened_at"),
                *parted(now["happened_at"]),
                *(now[column] for column in SAID),
                True,
                *(now[column] for column in KIND),
                True,
                f"corrected by an import, {where}: {said}",
                operator_id,
            )
        )
    if rows:
        restated = ["supplier_id", "run_id", *KEPT, "happened_until"]
        restated += [*SAID, "restates_origin", *KIND, "restates_kind"]
        names = ["lot_id", "product_id", *restated, "reason", "operator_id"]
        transaction.copy("facts.lot_corrections", names, rows)


def _ids(
    transaction: Transaction, column: str, table: str, changes: Sequence[Change]
) -> dict[str, int]:
    """Find the ids of all that the changed lots name in a column, or would name."""
    codes = {change.values.get(column, change.held[column]) for change in changes} - {None}
    return {code: row["id"] for code, row in look_up(transaction, table, codes).items()}
