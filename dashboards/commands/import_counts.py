"""Counts of lots that follow kilograms which an import corrects alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboards.commands.corrected_counts import followed
from dashboards.commands.import_changes import Change
from dashboards.commands.import_of_lots import AMOUNT
from sql.record.transactions import Row


def with_counts(changes: Sequence[Change], product_of: Mapping[Any, Row]) -> list[Change]:
    """Add to changes of lots the counts that follow from their kilograms.

    A file that says an amount beside kilograms says both: neither follows.

    Args:
        changes: What the file says otherwise than the record.
        product_of: Each lot's product as it stands after the import, by the lot's code.
    """
    return [_with_count(change, product_of.get(change.held["lot_code"])) for change in changes]


def _with_count(change: Change, product: Row | None) -> Change:
    if "weight_kg" not in change.values or change.is_counted:
        return change
    held = {name: change.held[name] for name in ("lot_code", "weight_kg", *AMOUNT)}
    facts, _asked = followed(held, {**held, "weight_kg": change.values["weight_kg"]}, product)
    if facts["quantity"] == held["quantity"]:
        return change
    return replace(change, values={**change.values, "quantity": facts["quantity"]})
