"""The units that amounts are written in, and the one that each kind of amount is kept in.

Masses are kept in kilograms, volumes in litres, lengths in metres, what is counted in the thing
counted. So two amounts can be added exactly where they are kept in one unit, and never else: a
case isn't so many pieces by itself. The list is open: a unit more is a line more.
"""

from dataclasses import dataclass
from decimal import Decimal

KILOGRAM, LITRE, METRE, PIECES = "kg", "l", "m", "pcs"
UNIT_PLACES = 6  # of the unit kept
LARGEST_QUANTITY = Decimal(1_000_000_000)  # of the unit kept; below it

# What a unit is kept as, and how many of those it is.
_MEASURED = {
    "mg": (KILOGRAM, "0.000001"),
    "g": (KILOGRAM, "0.001"),
    "dkg": (KILOGRAM, "0.01"),
    "kg": (KILOGRAM, "1"),
    "t": (KILOGRAM, "1000"),
    "ml": (LITRE, "0.001"),
    "cl": (LITRE, "0.01"),
    "dl": (LITRE, "0.1"),
    "l": (LITRE, "1"),
    "hl": (LITRE, "100"),
    "mm": (METRE, "0.001"),
    "cm": (METRE, "0.01"),
    "m": (METRE, "1"),
}
_COUNTED = (
    PIECES,
    "case",
    "box",
    "tray",
    "crate",
    "bag",
    "sack",
    "jar",
    "bottle",
    "can",
    "tub",
    "bucket",
    "drum",
    "roll",
    "sheet",
    "pack",
    "pallet",
)
UNITS = (*_MEASURED, *_COUNTED)

_SPELLED = {
    "pc": PIECES,
    "piece": PIECES,
    "pieces": PIECES,
    "ea": PIECES,
    "each": PIECES,
    "db": PIECES,
    "stk": PIECES,
    "stück": PIECES,
    "litre": LITRE,
    "litres": LITRE,
    "liter": LITRE,
    "liters": LITRE,
    "gram": "g",
    "grams": "g",
    "kilogram": KILOGRAM,
    "kilograms": KILOGRAM,
    "tonne": "t",
    "tonnes": "t",
    "cases": "case",
    "boxes": "box",
    "trays": "tray",
    "karton": "box",
}


@dataclass(frozen=True)
class Counted:
    """An amount in the unit that its kind is kept in."""

    quantity: Decimal
    unit: str


def unit_named(text: str) -> str | None:
    """Return the unit that somebody wrote, in capitals or spelled out; None: there is none such."""
    typed = " ".join(text.split()).casefold().rstrip(".")
    named = _SPELLED.get(typed, typed)
    return named if named in UNITS else None


def kept(quantity: Decimal, unit: str) -> Counted:
    """Return an amount in the unit that it is kept in, exactly: 200 ml are 0.2 l."""
    named, factor = _MEASURED.get(unit, (unit, "1"))
    return Counted(quantity * Decimal(factor), named)


def is_counted(unit: str) -> bool:
    """Tell whether a unit kept counts things, which come whole; else it measures."""
    return unit not in (KILOGRAM, LITRE, METRE)
