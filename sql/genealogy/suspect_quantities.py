"""How much of the lot asked about is where, in the units that lots are kept in.

The reckoning of kilograms (`sql.genealogy.suspect_kilograms`), once for the lots of each unit: what
went on in another unit, or in kilograms alone, is unknown in this one, and unlike units never meet.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sql.genealogy.suspect_kilograms import forward_kg
from sql.genealogy.trace_ways import BACK
from sql.record.transactions import Transaction
from sql.unit_amounts import in_units_named

# What of kilograms the reckoning asks for, and the column that tells it in a lot's own unit.
_READ = {
    "weight_kg": "quantity",
    "into_children_kg": "into_children_quantity",
    "away_kg": "away_quantity",
    "away_at_least_kg": "away_at_least_quantity",
    "moved_out_kg": "moved_out_quantity",
    "on_hand_kg": "on_hand_quantity",
    "on_hand_at_most_kg": "on_hand_at_most_quantity",
}


def add_units(transaction: Transaction, lots: Sequence[dict[str, Any]]) -> None:
    """Put beside lots that have an amount in a unit what of it is gone, here and suspect.

    Of what they were made from nothing is said to be suspect in a unit: what of an ancestor is in
    the lot asked about is known by the weight of that lot.

    Args:
        transaction: The transaction or snapshot that the trace is read in.
        lots: The lots of a trace, with share, and their balance in kilograms.
    """
    by_unit: dict[str, list[dict[str, Any]]] = defaultdict(list)
    in_units = [lot for lot in lots if lot["quantity"] is not None]
    if not in_units:
        return
    rows = transaction.all("unit_balances", lot_ids=sorted({lot["lot_id"] for lot in in_units}))
    balances = {row["lot_id"]: row for row in rows}
    for lot in in_units:
        lot.update(balances[lot["lot_id"]])
        if lot["direction"] != BACK:
            by_unit[lot["unit"]].append(lot)
    for alike in by_unit.values():
        _add_suspect(alike)


def _add_suspect(lots: Sequence[dict[str, Any]]) -> None:
    """Say how much of the lot asked about these lots of one unit hold, in their unit."""
    held = forward_kg([(_reckoned(lot), lot["share"]) for lot in lots])
    for lot, told in zip(lots, held, strict=True):
        lot.update({in_units_named(name): number for name, number in told.items()})


def _reckoned(lot: Mapping[str, Any]) -> dict[str, Any]:
    """Return a lot for the reckoning, its own unit in the place of kilograms."""
    in_unit = {name: lot[column] for name, column in _READ.items()}
    return in_unit | {"lot_type": lot["lot_type"], "is_counted": lot["is_counted"]}
