"""Which lots somebody means by what was typed or scanned, whatever face they typed it into.

How a label is read is for `sql.genealogy.labels`, what matches is for `sql.genealogy.search`;
faces say it in words. No face chooses by itself: where several may be meant, a person does.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sql.genealogy.labels import Reading, read_label
from sql.genealogy.search import MOST, Found, find_lots, is_sure
from sql.record.transactions import Row, Transaction


@dataclass(frozen=True)
class Meant:
    """What an input may mean.

    Attributes:
        typed: What was typed or scanned.
        reading: How it was read.
        found: What matches.
        lot_code: The lot that is surely meant; None: choose from `found`.
    """

    typed: str
    reading: Reading
    found: Found
    lot_code: str | None

    @property
    def sure(self) -> Row | None:
        """Return the row of the lot that is surely meant."""
        return self.found.sure if self.lot_code else None

    @property
    def codes(self) -> list[str]:
        """Name the lots that may be meant."""
        return [lot["lot_code"] for lot in self.found.meant]


def lot_meant(transaction: Transaction, typed: str, *, most: int = MOST) -> Meant:
    """Say which lots may be meant, and which one surely is.

    Nothing is guessed: where several may be meant, or a scan lacks the sign that ends its lot, the
    choice is left to whoever asked. An own lot's whole code is no exception: a supplier's lot may
    have the same.

    Args:
        transaction: Open transaction or snapshot.
        typed: What was typed or scanned; not empty.
        most: How many lots to return at most.
    """
    reading = read_label(typed)
    found = find_lots(transaction, reading, most=most)
    sure = found.sure if is_sure(reading, found) else None
    return Meant(typed, reading, found, None if sure is None else sure["lot_code"])


def lots_meant(transaction: Transaction, typed: Iterable[str]) -> list[Meant]:
    """Say what each of several inputs may mean; the same one typed twice counts once."""
    return [lot_meant(transaction, one) for one in dict.fromkeys(typed)]


def not_taken(offered: Sequence[Meant], chosen: Collection[str]) -> list[str]:
    """Name the lots that may have been meant and were not chosen: for the verdict."""
    return sorted({code for one in offered for code in one.codes} - set(chosen))
