"""Packings that a whole export has no more: voided, so that what they packed is loose again.

What is in a unit follows from its rows in their order. So a packing goes only where the rest still
follows on, and where its unit stands here; else all of them stay, and that is told.
"""

from collections.abc import Iterator, Sequence

from dashboards.commands.import_files import Rows, Sorted
from dashboards.commands.import_packings import rejected_steps
from sql.record.transactions import Row, Transaction

_OUT_OF_ORDER = "what was taken out or packed on since would not follow. Void those entries first."
_LEFT = "its unit left with shipment {code}. Where that is wrong, void the shipment first."


def settle_packings(
    transaction: Transaction, rows: Rows, found: Sorted, shipments: Sorted | None
) -> None:
    """Tell which packings can go, and refuse rows that can't follow on what is left.

    Args:
        transaction: Open transaction that holds the write lock.
        rows: Checked rows of packings.csv.
        found: What is new of them, and what vanished; what can't go is moved to `stuck`.
        shipments: What becomes of the shipments' lines; None: nothing.
    """
    taken_back = {row["shipment_code"] for row in shipments.gone} if shipments else set()
    _stay(found, dict(_that_left(transaction, found.gone, taken_back)))
    rejections = [*rejected_steps(transaction, rows, found)]
    if rejections and found.gone:
        gone, found.gone = found.gone, []
        if left := [*rejected_steps(transaction, rows, found)]:
            rejections = left
        else:
            rejections = []
            found.stuck += [(row, _OUT_OF_ORDER) for row in gone]
    found.rejections += rejections


def _that_left(
    transaction: Transaction, gone: Sequence[Row], taken_back: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield the units of vanished packings that left, with the shipment that stands."""
    units = sorted({row["sscc"] for row in gone})
    for row in transaction.all("units_that_left", ssccs=units) if units else ():
        if row["shipment_code"] not in taken_back:
            yield row["sscc"], row["shipment_code"]


def _stay(found: Sorted, left: dict[str, str]) -> None:
    found.stuck += [
        (row, _LEFT.format(code=left[row["sscc"]])) for row in found.gone if row["sscc"] in left
    ]
    found.gone = [row for row in found.gone if row["sscc"] not in left]
