"""How much of each lot of a list is at the place that was asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.words import amount
from sql.amounts import Amount

Row = Mapping[str, Any]
AFTER, COLUMN = "on_hand_kg", "at_place"


def with_there(
    lots: Sequence[Row], columns: Sequence[str], there: Mapping[int, Amount] | None
) -> tuple[Sequence[Row], list[str]]:
    """Add what is there to lots and their columns; None: no place was asked for.

    Args:
        lots: With lot_id.
        columns: What is shown of them.
        there: What is at the place, by lot.
    """
    if there is None:
        return lots, list(columns)
    place = columns.index(AFTER) + 1
    return (
        [{**lot, COLUMN: amount(there[lot["lot_id"]])} for lot in lots],
        [*columns[:place], COLUMN, *columns[place:]],
    )
