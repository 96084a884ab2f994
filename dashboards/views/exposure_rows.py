"""The lots of the exposure board, what is counted of them said beside kilograms."""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboards.words import beside_kilograms
from sql.genealogy.stage_sums import UNKNOWN
from sql.unit_amounts import InUnit, amount_in_unit

COLUMNS = [
    "lot_code",
    "product_code",
    "received_on",
    "lots_count",
    "customers_count",
    "shipped_kg",
    "on_hand_kg",
    "suspect_shipped_kg",
    "suspect_on_hand_kg",
    "days_spread",
    "steps_furthest",
    "unknown_count",
    "supplier_name",
    "supplier_lot_code",
]
_NAMES = ("shipped", "on_hand", "suspect_shipped", "suspect_on_hand")


def with_units(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Say beside kilograms what of them is counted, unlike units apart.

    Args:
        rows: Rows of `exposure_worst`, each with in_units, its rows of
            `genealogy.exposure_in_units`.

    Returns:
        The rows with shipped_in_units and so on, words; None: nothing of it has a unit.
    """
    return [{**row, **_in_words(row["in_units"] or ())} for row in rows]


def _in_words(in_units: Iterable[Mapping[str, Any]]) -> dict[str, str | None]:
    known = list(in_units)
    return {
        f"{name}_in_units": beside_kilograms(
            [
                InUnit(one["unit"], amount, UNKNOWN)
                for one in known
                if (amount := amount_in_unit(one, name)) is not None
            ]
        )
        for name in _NAMES
    }
