"""Weights that an import corrects below what their lots have given out."""

from collections.abc import Sequence

from dashboards.commands.import_changes import LOTS, Change
from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from dashboards.commands.wording import kilograms
from sql.record.transactions import Transaction


def given_out(
    transaction: Transaction, lots: Rows | None, changes: Sequence[Change]
) -> tuple[list[Change], list[Rejection]]:
    """Part changes of lots: those that can be, and weights below what has left.

    Asked when everything else of the import is written: what it corrects counts as corrected.
    """
    sound, refused = [], []
    for change in changes:
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
