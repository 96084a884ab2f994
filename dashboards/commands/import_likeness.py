"""What makes two facts of an import the same one, and what a correction of a fact shares with it.

Rows of a file and facts of the record are told alike here, by their columns' names.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# What tells facts of a kind apart where their source gives them no key, by the column in which a
# correction differs. Equal values measured at two times are two facts; equal kilograms may be one.
IDENTITIES = {
    "genealogy": {
        "quantity_kg": ("parent_lot_id", "child_lot_id", "happened_at"),
        "happened_at": ("parent_lot_id", "child_lot_id", "quantity_kg", "quantity", "unit"),
    },
    "readings": {"value": ("lot_id", "characteristic", "unit", "happened_at", "gate_id")},
    "qc_decisions": {"decision": ("lot_id", "decision", "happened_at", "gate_id", "decided_by")},
    "shipments": {"quantity_kg": ("shipment_code", "lot_id")},
    "movements": {"quantity_kg": ("lot_id", "kind", "happened_at", "shipment_code")},
    "moves": {"quantity_kg": ("lot_id", "place_id", "from_place_id", "happened_at")},
    "packings": {
        "quantity_kg": ("sscc", "kind", "lot_id", "inner_sscc", "happened_at"),
        "happened_at": ("sscc", "kind", "lot_id", "inner_sscc", "quantity_kg", "quantity", "unit"),
    },
}
KEY = "source_key"
# A file that doesn't know of it says nothing against a reason that somebody gave on a screen.
REASON = "expiry_reason"
# Nor does one in kilograms against pieces.
MAY_BE_SILENT = frozenset({REASON, "quantity", "unit"})
# Nor one without the column of the place that something left, or that it came back to.
PLACES = {
    ("shipments", "from_place_id"): "from_place_code",
    ("movements", "place_id"): "place_code",
}


def is_compared(stem: str, name: str, given: frozenset[str]) -> bool:
    """Tell whether a column of a fact is held against what a file says."""
    if name == KEY:
        return False
    heading = PLACES.get((stem, name), name)
    return heading in given or (heading == name and name not in MAY_BE_SILENT)


def content(names: Sequence[str], fact: Mapping[str, Any]) -> tuple[Any, ...]:
    """Reduce a fact to what makes two facts the same one; a decider is one in any case."""
    return tuple(
        value.lower() if name == "decided_by" and value is not None else value
        for name, value in ((name, fact[name]) for name in names)
    )


def identities(stem: str, fact: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Reduce a fact to what a correction of it shares, by the column in which it differs."""
    for column, names in IDENTITIES[stem].items():
        yield (
            column,
            tuple(
                str(fact[name]).lower() if name == "decided_by" else fact.get(name)
                for name in names
            ),
        )
