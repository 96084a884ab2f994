"""Lots found by what stands on a label or a delivery note, or by any part of it.

Answered from the record, as of the moment that the transaction asks about. How what was scanned is
read is not here (`sql.genealogy.labels`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sql.record.transactions import Row, Transaction

SURE = frozenset(
    {"lot_code", "lot_code_alike", "supplier_lot_code", "sscc", "document", "shipment_code"}
)


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes:
        lots: The surest first, then the newest: lot_code, matched_by (`lot_code`, `lot_code_alike`,
            `supplier_lot_code`, `sscc`, `document`, `shipment_code`, `gtin`, `product`, or
            `part_of_...`), is_of_gtin, lot_type, product_code, product_name, supplier_name,
            supplier_lot_code, disposition, happened_at (UTC).
        count: How many match in all; more than `lots` where those are only the first.
    """

    lots: list[Row]
    count: int

    @property
    def sure(self) -> Row | None:
        """Name the one lot that is surely meant: one alone matches whole, and not just in part."""
        whole = [lot for lot in self.lots if lot["matched_by"] in SURE]
        first = [lot for lot in whole if lot["matched_by"] == whole[0]["matched_by"]]
        return first[0] if len(first) == 1 else None


def find_lots(
    transaction: Transaction,
    typed: str,
    *,
    lot_codes: Sequence[str] = (),
    gtin: str | None = None,
    sscc: str | None = None,
    most: int = 50,
) -> Found:
    """Find lots by all that a reading of the input may mean.

    Args:
        transaction: Open transaction or snapshot.
        typed: What was typed: a code, a product, a document, or part of one; case of parts is
            ignored.
        lot_codes: What of it may be a lot's code, own or the supplier's; empty: all of it.
        gtin: A GTIN in it, 14 digits.
        sscc: An SSCC in it, 18 digits.
        most: How many lots to give at most; `count` says how many there are.
    """
    rows = transaction.all(
        "lots_found",
        typed=typed,
        lot_codes=list(lot_codes) or [typed],
        gtin=gtin,
        sscc=sscc or typed,
        part=f"%{_literal(typed)}%",
        most=most,
    )
    return Found(rows, rows[0]["found_count"] if rows else 0)


def _literal(text: str) -> str:
    """Write text so that `ilike` takes it as it is."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
