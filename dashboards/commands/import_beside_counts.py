"""Rows of an import that left a lot on the day it was counted: before or since, nobody knows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from dashboards.commands.import_order import (
    WAY_OUT,
    Facts,
    Said,
    held_row,
    new_rows,
    taken_back,
)
from dashboards.commands.wording import site_time
from sql.movements import MovementKind
from sql.record.transactions import Transaction

_LEAVES = {
    "genealogy": "parent_lot_code",
    "production_inputs": "lot_code",
    "shipments": "lot_code",
    "movements": "lot_code",
}


def beside_counts(
    transaction: Transaction, files: Mapping[str, Rows], facts: Facts
) -> Iterator[Rejection]:
    """Find new rows of which the record can't know whether they are in a count.

    Args:
        transaction: Open transaction that holds the write lock.
        files: The rows that may be taken.
        facts: Which of them are new, and which held facts they replace.
    """
    new = [one for stem in _LEAVES for one in new_rows(stem, _LEAVES[stem], files, facts)]
    left = [one for one in new if one.until is not None]
    counts = [one for one in new if one.about == MovementKind.COUNTED]
    gone = taken_back(facts)
    beside = defaultdict(list)
    for one in (*counts, *_counts_held(transaction, left, gone)):
        beside[one.lot].append(one)
    told = set()
    for one in (*left, *_left_held(transaction, counts, gone)):
        for count in beside[one.lot]:
            wrong = one if one.line is not None else count
            stem, line = wrong.stem, wrong.line
            if line is not None and (stem, line) not in told and _is_open(one, count):
                told.add((stem, line))
                reason = _of_a_row(count) if wrong is one else _of_a_count(one)
                yield rejected_cell(stem, line, _LEAVES[stem], wrong.lot, reason)


def _counts_held(
    transaction: Transaction, left: Sequence[Said], gone: Mapping[str, set[int]]
) -> Iterator[Said]:
    """Yield the counts of lots that something left by the day, as the record has them."""
    codes = sorted({one.lot for one in left})
    for row in transaction.all("counts_of_lots", codes=codes) if codes else ():
        if row["fact_id"] not in gone["movements"]:
            yield held_row("movements", row)


def _left_held(
    transaction: Transaction, counts: Sequence[Said], gone: Mapping[str, set[int]]
) -> Iterator[Said]:
    """Yield what left lots by the day that are counted now, as the record has it."""
    codes = sorted({one.lot for one in counts})
    for row in transaction.all("left_by_day", codes=codes) if codes else ():
        if row["fact_id"] not in gone[row["stem"]]:
            yield held_row(row["stem"], row)


def _is_open(left: Said, count: Said) -> bool:
    """Tell whether it may have left before the count and after it."""
    return (
        left.until is not None and left.at <= count.at < left.until and left.recorded_at > count.at
    )


def _of_a_row(count: Said) -> str:
    return (
        f"was counted {site_time(count.at)}, and whether this left it before or since can't be "
        f"told of a day. {WAY_OUT}"
    )


def _of_a_count(left: Said) -> str:
    named = "link" if left.stem == "genealogy" else left.stem.removesuffix("s")
    return (
        f"has a {named} of that day in the record, and whether it left before this count or since "
        "can't be told. Void that, and send it with its time of day."
    )
