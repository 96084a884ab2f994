"""Which lot somebody means by what was typed or scanned, whatever face they typed it into.

How a label is read is for `sql.genealogy.labels`, what matches is for `sql.genealogy.search`;
faces say it in words.
"""

from dataclasses import dataclass

from sql.genealogy.labels import Note, Reading, read_label
from sql.genealogy.search import Found, find_lots
from sql.record.transactions import Row, Transaction


@dataclass(frozen=True)
class Meant:
    """What an input means.

    Attributes:
        lot_code: The lot that is surely meant; None: choose from `found`.
        reading: How the input was read; None where it is a lot's code as it stands.
        found: What matches; None where it is a lot's code as it stands.
    """

    lot_code: str | None
    reading: Reading | None = None
    found: Found | None = None

    @property
    def sure(self) -> Row | None:
        """Return the row of the lot that is surely meant, where it was looked for."""
        return self.found.sure if self.found and self.lot_code else None


def lot_meant(transaction: Transaction, typed: str) -> Meant:
    """Say which lot is meant.

    Nothing is guessed: where several match, or a scan lacks the sign that ends its lot, the choice
    is left to whoever asked.

    Args:
        transaction: Open transaction or snapshot.
        typed: What was typed or scanned; not empty.
    """
    if transaction.value("lot_id_by_code", lot_code=typed) is not None:
        return Meant(typed)
    reading = read_label(typed)
    found = find_lots(
        transaction,
        reading.typed,
        lot_codes=reading.lot_codes,
        gtin=reading.gtin,
        sscc=reading.sscc,
    )
    sure = None if Note.MISSING_FNC1 in reading.notes else found.sure
    return Meant(None if sure is None else sure["lot_code"], reading, found)
