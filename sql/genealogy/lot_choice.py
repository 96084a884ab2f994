"""Which lots somebody means by what was typed or scanned, whatever face they typed it into.

How a label is read is for `sql.genealogy.labels`, what matches is for `sql.genealogy.search`;
faces say it in words. No face chooses by itself: where several may be meant, a person does.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sql.genealogy.gaps import NotTaken
from sql.genealogy.labels import Reading, read_label
from sql.genealogy.search import BETWEEN_LOTS, MOST, Found, find_lots, find_voided, is_sure
from sql.record.transactions import Row, Transaction


@dataclass(frozen=True)
class Meant:
    """What an input may mean.

    Attributes:
        typed: What was typed or scanned.
        reading: How it was read.
        found: What matches.
        lot_code: The lot that is surely meant; None: choose from `found`.
        voided: Voided lots that match, to be named (`find_voided`); where a lot is surely meant,
            only those that match whole.
    """

    typed: str
    reading: Reading
    found: Found
    lot_code: str | None
    voided: Sequence[Row] = ()

    @property
    def sure(self) -> Row | None:
        """Return the row of the lot that is surely meant."""
        return self.found.sure if self.lot_code else None

    @property
    def codes(self) -> list[str]:
        """Name the lots that may be meant."""
        return [lot["lot_code"] for lot in self.found.meant]


def lot_meant(
    transaction: Transaction, typed: str, *, most: int = MOST, taken: Collection[str] = ()
) -> Meant:
    """Say which lots may be meant, and which one surely is.

    Nothing is guessed: where several may be meant, or a scan lacks the sign that ends its lot, the
    choice is left to whoever asked. An own lot's whole code is no exception: a supplier's lot may
    have the same.

    Args:
        transaction: Open transaction or snapshot.
        typed: What was typed or scanned; not empty.
        most: How many lots to return at most.
        taken: Codes of lots that were chosen already, to be counted (`Found.taken_count`).
    """
    reading = read_label(typed)
    found = find_lots(transaction, reading, most=most, taken=taken)
    sure = found.sure if is_sure(reading, found) else None
    voided = [one for one in find_voided(transaction, reading) if sure is None or one["is_whole"]]
    return Meant(typed, reading, found, None if sure is None else sure["lot_code"], voided)


def lots_meant(
    transaction: Transaction, typed: Iterable[str], *, taken: Collection[str] = ()
) -> list[Meant]:
    """Say what each of several inputs may mean; the same one typed twice counts once.

    An input that nothing matches, with commas or semicolons and a space behind them, is a list:
    each of its parts is looked for by itself (`A-1, A-2`).
    """
    meant = {}
    for one in dict.fromkeys(typed):
        whole = lot_meant(transaction, one, taken=taken)
        parts = [part.strip() for part in BETWEEN_LOTS.split(one) if part.strip()]
        is_list = len(parts) > 1 and not whole.found.lots
        for part in parts if is_list else [one]:
            known = lot_meant(transaction, part, taken=taken) if is_list else whole
            meant.setdefault(part, known)
    return list(meant.values())


def not_found(offered: Sequence[Meant]) -> list[str]:
    """Return what was typed that nothing matches: traced with the rest, the verdict names it."""
    return [one.typed for one in offered if not one.found.lots]


def not_taken(offered: Sequence[Meant], chosen: Collection[str]) -> NotTaken:
    """Say what may have been meant and was not chosen, listed or not: for the verdict.

    Args:
        offered: What was looked for, with the chosen lots as `taken`; else those of them that a
            list had no room for count as not taken.
        chosen: The lots that are traced.
    """
    named: set[str] = set()
    unlisted_count = 0
    for one in offered:
        listed = set(one.codes)
        taken_beyond = max(one.found.taken_count - len(listed & set(chosen)), 0)
        unlisted_count += one.found.meant_count - len(listed) - taken_beyond
        named |= listed - set(chosen)
    return NotTaken(tuple(sorted(named)), unlisted_count)
