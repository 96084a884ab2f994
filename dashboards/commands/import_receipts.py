"""Several receipts of one lot in a file: one lot of all their kilograms, there since the first.

A silo gets its next delivery, a supplier's lot comes on two days: the same code, each row with its
own time or its source's key. Rows that say the very same are no receipts: that a code stands twice
is for the checks to refuse, and so are rows that contradict one another in what a lot is.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboards.commands.import_changes import LOTS
from dashboards.commands.import_files import Rejection, Rows
from dashboards.commands.import_likeness import KEY
from sql.stretches import parted

_ADDED = ("weight_kg", "quantity")
_OF_A_RECEIPT = frozenset({*_ADDED, "happened_at", "temperature_c", KEY})


def with_receipts_united(
    files: Mapping[str, Rows], rejections: Sequence[Rejection]
) -> dict[str, Rows]:
    """Return the files with each lot on one line, which has the kilograms of all its receipts.

    Where one of them is unknown, so is the lot's weight.
    """
    if LOTS not in files:
        return dict(files)
    rows = files[LOTS]
    wrong = {one.line for one in rejections if one.file == f"{LOTS}.csv"}
    places: dict[Any, list[int]] = defaultdict(list)
    for at, code in enumerate(rows.columns["lot_code"]):
        if code is not None and rows.lines[at] not in wrong:
            places[code].append(at)
    united = {
        receipts[0]: _together(rows, receipts)
        for receipts in places.values()
        if len(receipts) > 1 and _are_receipts(rows, receipts)
    }
    if not united:
        return dict(files)
    gone = {at for code in places for at in places[code][1:] if places[code][0] in united}
    kept = [at for at in range(len(rows.lines)) if at not in gone]
    columns = {
        name: [united[at][name] if at in united else cells[at] for at in kept]
        for name, cells in rows.columns.items()
    }
    return {**files, LOTS: replace(rows, lines=[rows.lines[at] for at in kept], columns=columns)}


def _are_receipts(rows: Rows, receipts: Sequence[int]) -> bool:
    """Tell whether rows of one code differ in time or key, and in nothing that the lot is."""
    same = [cells for name, cells in rows.columns.items() if name not in _OF_A_RECEIPT]
    first, *others = receipts
    if any(cells[at] != cells[first] for cells in same for at in others):
        return False
    told = {(rows.columns["happened_at"][at], rows.columns[KEY][at]) for at in receipts}
    return len(told) == len(receipts) and None not in {at for at, _key in told}


def _together(rows: Rows, receipts: Sequence[int]) -> dict[str, Any]:
    """Return what the receipts of a lot say together: as the first of them, with all kilograms."""
    columns = rows.columns
    first = min(receipts, key=lambda at: parted(columns["happened_at"][at])[0])
    said = {name: cells[first] for name, cells in columns.items()}
    for name in _ADDED:
        amounts = [columns[name][at] for at in receipts]
        said[name] = None if None in amounts else sum(amounts)
    return said
