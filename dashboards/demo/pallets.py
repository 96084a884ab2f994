"""The demo plant's pallets: those that left in the last days, and a few that stand in the store.

Read from the closed book; nothing is left to chance. A unit is its SSCC.
"""

from collections import Counter
from datetime import datetime, timedelta

from dashboards.demo.book import Book, Lot
from dashboards.demo.check_digits import with_check_digit
from dashboards.demo.masters import COMPANY_PREFIX

DAYS_PACKED, LOADED_BEFORE, PACKED_AFTER = 3, timedelta(minutes=40), timedelta(minutes=90)
FIRST_HERE, RODS_ON_A_PALLET, RODS_IN_A_CASE = 900_001, 8, 2

Packing = tuple[str, Lot | None, str | None, int | None, datetime]


def packings(book: Book, until: datetime) -> list[Packing]:
    """List what was packed: the unit, the lot or the unit that went in, grams and when."""
    return [*_left(book), *_here(book, until)]


def _left(book: Book) -> list[Packing]:
    """Pack the pallets of the last days on which any left, as they left."""
    days = sorted({row[4].date() for row in book.shipments})[-DAYS_PACKED:]
    return [
        (sscc, lot, None, grams, at - LOADED_BEFORE)
        for _, lot, _, grams, at, _, sscc in book.shipments
        if at.date() in days
    ]


def _here(book: Book, until: datetime) -> list[Packing]:
    """Pack two pallets of what is in store, whole rods of one SKU; on the first stands a case."""
    going = {row[1] for row in book.shipments} | {parent for parent, *_ in book.links}
    stored = [
        lot
        for lot in book.lots
        if lot.kind == "FG"
        and lot not in going
        and lot.code.startswith("FG-2")
        and lot.at + PACKED_AFTER <= until
        and [row[1] for row in lot.decisions[-1:]] == ["PASS"]
    ]
    if not stored:
        return []
    (sku, _), *_ = Counter(lot.product for lot in stored).most_common(1)
    rods = [lot for lot in stored if lot.product == sku][-2 * RODS_ON_A_PALLET - RODS_IN_A_CASE :]
    case, pallet, second = (
        with_check_digit(f"0{COMPANY_PREFIX}{FIRST_HERE + number:09d}") for number in range(3)
    )
    cased, rest = rods[:RODS_IN_A_CASE], rods[RODS_IN_A_CASE:]
    units = [(case, cased), (pallet, rest[:RODS_ON_A_PALLET]), (second, rest[RODS_ON_A_PALLET:])]
    packed: list[Packing] = [
        (sscc, lot, None, lot.grams, lot.at + PACKED_AFTER) for sscc, lots in units for lot in lots
    ]
    return [*packed, (pallet, None, case, None, max(at for *_, at in packed))]
