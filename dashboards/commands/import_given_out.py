"""What an import can't correct: weights below what has left, types that what stands forbids."""

from collections.abc import Sequence

from dashboards.commands.import_changes import LOTS, Change
from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from dashboards.commands.type_guards import why_not_of_type
from dashboards.commands.wording import kilograms
from sql.record.transactions import Transaction


def given_out(
    transaction: Transaction, lots: Rows | None, changes: Sequence[Change]
) -> tuple[list[Change], list[Rejection]]:
    """Part changes of lots: those that can be, and weights below what has left or wrong types.

    Asked when everything else of the import is written: what it corrects counts as corrected.
    """
    sound, refused = [], []
    for change in changes:
        if lots is not None and (why := _why_not_of_type(transaction, change)):
            lot_type = change.values["lot_type"]
            refused.append(rejected_cell(LOTS, lots.lines[change.at], "lot_type", lot_type, why))
            continue
        weight_kg, held_kg = change.values.get("weight_kg"), change.held["weight_kg"]
        left = None
        if lots is not None and weight_kg is not None and (held_kg is None or weight_kg < held_kg):
            lot_id = change.held["id"]
            left = transaction.one("left_of_weight", lot_id=lot_id, weight_kg=weight_kg)
        if left is None or left["at_most_kg"] is None or left["at_most_kg"] >= 0 or lots is None:
            sound.append(change)
            continue
        at_least = "" if left["is_known"] else "at least "
        reason = (
            f"{change.held['lot_code']} has given out {at_least}"
            f"{kilograms(weight_kg - left['at_most_kg'])}, so it can't weigh "
            f"{kilograms(weight_kg)}. Correct what is wrong of it in the files too."
        )
        refused.append(rejected_cell(LOTS, lots.lines[change.at], "weight_kg", weight_kg, reason))
    return sound, refused


def _why_not_of_type(transaction: Transaction, change: Change) -> str | None:
    """Say why a lot can't be of the type that a file says; None: it can, or none is said."""
    if "lot_type" not in change.values:
        return None
    lot = {"lot_id": change.held["id"], "lot_code": change.held["lot_code"]}
    return why_not_of_type(transaction, lot, change.values["lot_type"], is_history=True)
