"""The columns that say what of a shipment came back, where something did."""

from collections.abc import Mapping, Sequence
from typing import Any

from sql.amounts import Amount

RETURNED_COLUMNS = ["returned_kg", "away_kg"]


def with_returns(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[str]:
    """Add behind the kilograms shipped what of them came back, where something did."""
    at = columns.index("quantity_kg") + 1
    is_said = any(Amount.of(row, "returned").most_kg != 0 for row in rows)
    return [*columns[:at], *(RETURNED_COLUMNS if is_said else []), *columns[at:]]
