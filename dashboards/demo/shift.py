"""What every place in the demo plant shares: the day, chance, quality and the book.

A lot is made here and nowhere else, so that its links, its grams and its judgement go together.
What a place does with lots is not said here.
"""

from collections.abc import Sequence
from datetime import date, datetime
from random import Random

from dashboards.demo.book import Book, Lot
from dashboards.demo.incidents import planned
from dashboards.demo.quality import Quality

Inputs = Sequence[tuple[Lot, int]]  # lots that went in, grams of each


class Shift:
    """The day that is worked, with quality at its side; each lot that is made goes in the book."""

    def __init__(self, chance: Random, days: list[date], until: datetime):
        """Open an empty book; what begins after `until` need not be played."""
        self.chance, self.days, self.until, self.book = chance, days, until, Book()
        self.quality = Quality(chance, planned(len(days)))

    def begin(self, index: int) -> None:
        """Begin a day."""
        self.index, self.day, self.quality.index = index, self.days[index], index

    def make(
        self, kind: str, product: str, grams: int, at: datetime, inputs: Inputs = (), **facts
    ) -> Lot:
        """Write a lot with what went into it, and let quality judge it."""
        incident, calm = facts.pop("incident", None), facts.pop("calm", False)
        lot = Lot(kind, product, grams, at, **facts)
        for parent, taken in inputs:
            parent.left -= taken
            self.book.links.append((parent, lot, taken, at))
        self.quality.judge(lot, incident, calm=calm)
        self.book.lots.append(lot)
        return lot


def take(lots: list[Lot], wanted: int) -> list[tuple[Lot, int]]:
    """Choose which lots to take so many grams from, first ones first; all of them at most."""
    inputs = []
    for lot in lots:
        taken = min(lot.left, wanted)
        if taken > 0:
            inputs.append((lot, taken))
            wanted -= taken
    return inputs
