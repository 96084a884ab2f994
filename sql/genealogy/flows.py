"""What happened to a lot that says where it stands, and the places it names."""

from decimal import Decimal
from typing import NamedTuple


class Place(NamedTuple):
    """A place: its code tells it from every other, its label is what people read."""

    code: str
    label: str

    def __str__(self) -> str:
        """Say the label."""
        return self.label


At = Place | None  # None: nobody said where


class Flow(NamedTuple):
    """What happened to a lot: MOVED, LEFT, CAME or COUNTED; kilograms are None where unknown."""

    what: str
    kg: Decimal | None
    to_place: At = None
    from_place: At = None
