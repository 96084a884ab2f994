"""What an import says otherwise than the record about lots it knows: corrections, once confirmed.

A grown export brings weights filled in and times mended. What was written stays readable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboards.commands.import_files import SHOWN_CHARACTERS, Rejection, Rows, rejected_cell
from dashboards.commands.import_known import look_up
from dashboards.commands.import_source import Source
from dashboards.commands.wording import site_time
from sql.record.transactions import Row, Transaction
from sql.stretches import Stretch, parted

LOTS = "lots"
# What a correction restates, all of it: a column left out would be emptied.
KEPT = ("weight_kg", "quantity", "unit", "temperature_c", "expires_on", "happened_at")
ORIGIN = {"supplier_code": "partners", "run_code": "production_runs"}
# Kept as a move, not with the lot (`import_receiving`).
PLACE = "place_code"
COLUMNS = ("product_code", *KEPT, *ORIGIN, "supplier_lot_code", PLACE)
CONFIRM = "Import with --correct to correct it, or correct the file."


@dataclass(frozen=True)
class Change:
    """One lot that a file says otherwise: its row, and the columns that differ with their values.

    Attributes:
        at: The row's place.
        held: What the record says.
        values: What the file says, by column.
    """

    at: int
    held: Row
    values: Mapping[str, Any]


def correctable(stem: str, held: Row) -> frozenset[str]:
    """Name the columns of a known row that a correction may restate; a voided lot has none."""
    return frozenset(COLUMNS if stem == LOTS and not held["is_voided"] else ())


def changed_lots(lots: Rows, known: Mapping[str, Row], wrong: frozenset[int]) -> list[Change]:
    """Find the known lots that a file says otherwise, as they read now and as they were registered.

    Args:
        lots: Checked rows.
        known: What the record holds, by code.
        wrong: Lines that are refused for something else.
    """
    found = []
    given = [column for column in COLUMNS if column in lots.given]
    for at, code in enumerate(lots.columns["lot_code"]):
        held = known.get(code)
        if held is None or held["is_voided"] or lots.lines[at] in wrong:
            continue
        values = {
            column: lots.columns[column][at]
            for column in given
            # An empty cell says nothing: a file without weights takes none away.
            if lots.columns[column][at] not in (None, held[column], held[f"registered_{column}"])
        }
        if values:
            found.append(Change(at, held, values))
    return found


def to_confirm(lots: Rows, changes: Sequence[Change]) -> list[Rejection]:
    """Say each changed cell with what stands in the record."""
    return [
        rejected_cell(
            LOTS,
            lots.lines[change.at],
            column,
            value,
            f"{change.held['lot_code']} is in the record with {held_value(change.held[column])}. "
            f"{CONFIRM}",
            is_change=True,
        )
        for change in changes
        for column, value in change.values.items()
    ]


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
                now["supplier_lot_code"],
                True,
                f"corrected by an import, {where}: {said}",
                operator_id,
            )
        )
    if rows:
        origin = ["supplier_id", "run_id", *KEPT, "happened_until"]
        origin += ["supplier_lot_code", "restates_origin"]
        names = ["lot_id", "product_id", *origin, "reason", "operator_id"]
        transaction.copy("facts.lot_corrections", names, rows)


def _ids(
    transaction: Transaction, column: str, table: str, changes: Sequence[Change]
) -> dict[str, int]:
    """Find the ids of all that the changed lots name in a column, or would name."""
    codes = {change.values.get(column, change.held[column]) for change in changes} - {None}
    return {code: row["id"] for code, row in look_up(transaction, table, codes).items()}


def held_value(held: Any) -> str:
    """Say what the record holds in a cell."""
    if isinstance(held, datetime | Stretch):
        return site_time(held)
    return "nothing there" if held is None else str(held)[:SHOWN_CHARACTERS]
