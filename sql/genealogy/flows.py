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
    """What happened to a lot: MOVED, LEFT, CAME or COUNTED; kilograms are None where unknown.

    What moved is all that stood there where no kilograms are told, unless only some of it did.
    The same is told in a lot's own unit, where that stands in the place of kilograms.
    """

    what: str
    kg: Decimal | None
    to_place: At = None
    from_place: At = None
    is_some: bool = False
