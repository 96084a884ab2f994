"""What an import says otherwise than the record about lots it knows: corrections, to be confirmed.

A grown export brings weights filled in and times mended. What was written stays readable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboards.commands.import_files import SHOWN_CHARACTERS, Rejection, Rows, rejected_cell
from dashboards.commands.metadata import as_object
from dashboards.commands.wording import site_time
from sql.record.transactions import Row
from sql.stretches import Stretch

LOTS = "lots"
# What a correction restates, all of it: a column left out would be emptied.
KEPT = ("weight_kg", "quantity", "unit", "temperature_c", "expires_on", "happened_at")
ORIGIN = {"supplier_code": "partners", "run_code": "production_runs"}
# Kept as a move, not with the lot (`import_receiving`).
PLACE = "place_code"
KIND = ("lot_type", "metadata")
SAID = ("supplier_lot_code", "printed_code")
COLUMNS = ("product_code", *KEPT, *ORIGIN, *SAID, *KIND, PLACE)
NO_METADATA = "{}"
CONFIRM = "Import with --correct to correct it, or correct the file."


@dataclass(frozen=True)
class Change:
    """One lot that a file says otherwise: its row, and the columns that differ with their values.

    Attributes:
        at: The row's place.
        held: What the record says.
        values: What the file says, by column.
        is_counted: Whether its row says an amount in a unit, the same as the record or another.
    """

    at: int
    held: Row
    values: Mapping[str, Any]
    is_counted: bool = False


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
            if _says_otherwise(column, lots.columns[column][at], held)
        }
        if values:
            is_counted = lots.columns["quantity"][at] is not None
            found.append(Change(at, held, values, is_counted))
    return found


def _says_otherwise(column: str, value: Any, held: Row) -> bool:
    """Tell whether a cell says what the record doesn't: an empty one takes nothing away."""
    known = [held[column], held[f"registered_{column}"]]
    if column == "metadata":
        return value not in (None, NO_METADATA) and as_object(value) not in map(as_object, known)
    return value not in (None, *known)


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


def held_value(held: Any) -> str:
    """Say what the record holds in a cell."""
    if isinstance(held, datetime | Stretch):
        return site_time(held)
    if isinstance(held, bool):
        return "yes" if held else "no"
    return "nothing there" if held is None else str(held)[:SHOWN_CHARACTERS]
