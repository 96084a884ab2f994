"""Which columns tell an amount: kilograms, what bounds them, and the same in a unit of its own.

How a row tells an amount stands in `sql.amounts`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

# What a column of kilograms may be told by instead, the plain one left empty.
BOUNDS = ("at_most", "at_least")
# And what tells it in a unit of its own, where a row has one; `…_in_units` tells unlike ones apart.
IN_UNITS = {
    "weight_kg": ("quantity", "unit"),
    "quantity_kg": ("quantity", "unit", "quantity_in_units"),
    "returned_kg": ("returned_quantity", "unit", "returned_in_units"),
    "away_kg": ("away_quantity", "away_at_most_quantity", "unit", "away_in_units"),
    "on_hand_kg": (
        "on_hand_quantity",
        "on_hand_at_most_quantity",
        "overdrawn_quantity",
        "unit",
        "on_hand_in_units",
    ),
    "suspect_kg": ("suspect_quantity", "unit"),
    "suspect_on_hand_kg": (
        "suspect_on_hand_quantity",
        "suspect_on_hand_at_most_quantity",
        "unit",
        "suspect_on_hand_in_units",
    ),
    "suspect_shipped_kg": (
        "suspect_shipped_quantity",
        "suspect_shipped_at_least_quantity",
        "unit",
        "suspect_shipped_in_units",
    ),
    "shipped_kg": ("shipped_in_units",),
}


def columns_told(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Put beside each column of kilograms those that tell it where a row doesn't know it exactly.

    Args:
        columns: What is to be shown; each stands once, where it is told first.
        rows: What is to be shown of; what tells kilograms beside a column and is filled by none of
            them is left out.
    """
    known = list(rows)
    told: list[str] = []
    for column in columns:
        told += [column] if column not in told else []
        told += [
            beside
            for beside in _beside(column)
            if beside not in told and any(row.get(beside) is not None for row in known)
        ]
    return told


def _beside(column: str) -> list[str]:
    """Name the columns that may tell one of kilograms instead of it, or beside it in a unit."""
    if not column.endswith("_kg"):
        return []
    return [*_bounds_of(column), *IN_UNITS.get(column, ())]


def _bounds_of(column: str) -> list[str]:
    stem = column.removesuffix("_kg")
    instead = [f"{stem}_{bound}_kg" for bound in BOUNDS]
    return [*instead, "overdrawn_kg", "overdrawn_at_least_kg"] if stem == "on_hand" else instead
