"""Lots found by what stands on a label or a delivery note, by who sold or got them, or by a part.

Answered from the record, as of the moment that the transaction asks about. How what was scanned is
read is not here (`sql.genealogy.labels`). What is compared, and what may be meant, is said once, in
the query: `sql/postgres/queries/search.sql` (rules: `sql/domain.md, Searching`).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sql.genealogy.label_codes import lot_id_on
from sql.genealogy.labels import LabelKind, Note, Reading
from sql.record.transactions import Row, Transaction

MOST = 200
# What names one lot, where one alone may be meant. A product or partner has more tomorrow.
SURE = frozenset(
    {
        "lot_code",
        "lot_code_alike",
        "label_code",
        "printed_code",
        "supplier_lot_code",
        "sscc",
        "document",
        "shipment_code",
    }
)
# What people write between a word such as "lot" and the code that follows it.
_BETWEEN_WORDS = re.compile(r"[\s:#=]+")
BETWEEN_LOTS = re.compile(r"[,;]\s+")


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes:
        lots: Those that may be meant first, the closest match first, then the newest: lot_code,
            matched_by (one of SURE, `supplier`, `customer`, `gtin`, `product`, `tail_...`, or
            `part_of_...`),
            matched (the code or name that matched), is_meant, is_of_gtin (None: nobody can tell),
            lot_type, product_code, product_name, supplier_name, supplier_lot_code, printed_code,
            disposition, happened_at (UTC).
        count: How many match in all; more than `lots` where those are only the first.
        meant_count: How many of all may be meant.
        taken_count: How many of those are among the lots that were taken, listed or not.
    """

    lots: list[Row]
    count: int
    meant_count: int
    taken_count: int = 0

    @property
    def meant(self) -> list[Row]:
        """Return those of `lots` that may be meant; a choice among them is for a person."""
        return [lot for lot in self.lots if lot["is_meant"]]

    @property
    def beside(self) -> list[Row]:
        """Return those of `lots` that only contain what was typed, where others match whole."""
        return [lot for lot in self.lots if not lot["is_meant"]]

    @property
    def sure(self) -> Row | None:
        """Return the one lot that may be meant, where that one matches whole."""
        one = self.lots[0] if self.meant_count == 1 else None
        return one if one is not None and one["matched_by"] in SURE else None


def find_lots(
    transaction: Transaction, reading: Reading, *, most: int = MOST, taken: Collection[str] = ()
) -> Found:
    """Find every lot that what was read may mean, at every rank.

    Case, accents, spaces, punctuation and look-alike letters make no difference, nor do words in
    front of a code. Nothing that matches is left out for a better match; `is_meant` says which may
    be meant.

    Args:
        transaction: Open transaction or snapshot.
        reading: What was typed or scanned, as `read_label` reads it.
        most: How many lots to return at most; the counts say how many there are.
        taken: Codes of lots that were taken already, to be counted.
    """
    is_scan = reading.kind is LabelKind.SCAN
    typed = "" if is_scan else reading.typed
    label = reading.label_code
    rows = transaction.all(
        "lots_found",
        typed=typed,
        tails=tails(typed),
        lot_codes=list(reading.lot_codes) or ([] if is_scan else [typed]),
        names_lot=bool(reading.lot_codes),
        label_code=label,
        labelled_lot_id=None if label is None else lot_id_on(label),
        gtin=reading.gtin,
        sscc=reading.sscc,
        taken=list(taken),
        most=most,
    )
    counts = ("found_count", "meant_count", "taken_count")
    return Found(rows, *(rows[0][count] if rows else 0 for count in counts))


def find_voided(transaction: Transaction, reading: Reading) -> list[Row]:
    """Name voided lots that what was read may mean; they are never among the lots found.

    Args:
        transaction: Open transaction or snapshot.
        reading: What was typed or scanned, as `read_label` reads it.

    Returns:
        The first five, those that match whole on top: lot_code, renamed_to (what it is
        called since; None: it was not renamed, or that lot is voided too), reason, voided_at (UTC),
        voided_by, is_whole, found_count (how many match in all).
    """
    typed = "" if reading.kind is LabelKind.SCAN else reading.typed
    label = reading.label_code
    return transaction.all(
        "voided_lots_found",
        typed=typed,
        lot_codes=list(reading.lot_codes) or [typed],
        label_code=label,
        labelled_lot_id=None if label is None else lot_id_on(label),
    )


def tails(typed: str) -> list[str]:
    """Return what was typed without words in front: of `lot Q 7`, `Q 7` and `7`.

    A list of several (`A-1, A-2`) has none: its last lot alone would hide the others.
    """
    if BETWEEN_LOTS.search(typed):
        return []
    words = [word for word in _BETWEEN_WORDS.split(typed) if word]
    return [" ".join(words[at:]) for at in range(1, len(words))]


def is_sure(reading: Reading, found: Found) -> bool:
    """Tell whether one lot is surely meant: one alone may be, and its code was read whole."""
    return found.sure is not None and Note.MISSING_FNC1 not in reading.notes
