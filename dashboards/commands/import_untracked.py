"""Inputs that were used and carry no lot code: kept as such, so that no share says too much.

Where 40 of 100 kg came from nobody knows where, no lot is all of it. Such an input is a lot of its
own without product, weight or origin, called after what it went into and its source's key; a trace
ends there and a finding says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from dashboards.commands.import_known import look_up
from dashboards.commands.import_likeness import KEY
from dashboards.commands.values import LONGEST_CODE
from sql.record.transactions import Row, Transaction
from sql.stretches import Stretch, parted

UNTRACKED = "untracked:"
BEFORE_KEY = "#"
# Where an input's lot stands, and after what an unknown one is called.
INPUTS = {
    "genealogy": ("parent_lot_code", "child_lot_code"),
    "production_inputs": ("lot_code", "production_code"),
}


@dataclass(frozen=True)
class Missing:
    """One row without a lot code.

    Attributes:
        stem: Its table.
        at: Its place.
        code: What the lot is called that nobody knows.
        moment: When it went in.
    """

    stem: str
    at: int
    code: str
    moment: datetime


def with_untracked(
    transaction: Transaction,
    files: Mapping[str, Rows],
    rejections: list[Rejection],
    operator_id: int | None,
) -> dict[str, Rows]:
    """Return the files with a code in the place of each missing one, and register these lots.

    Args:
        transaction: Open transaction that holds the write lock.
        files: Checked rows by table.
        rejections: What was found already: such rows stay as they are. What has no lot and can't
            be called after anything is added.
        operator_id: Who imports.
    """
    wanted = list(_wanted(files, rejections))
    held = look_up(transaction, "lots", {one.code for one in wanted})
    codes: dict[str, list[Any]] = {}
    new: dict[str, datetime] = {}
    for one in wanted:
        code = _unvoided(transaction, one.code, held)
        cells = codes.setdefault(one.stem, list(files[one.stem].columns[INPUTS[one.stem][0]]))
        cells[one.at] = code
        if code not in held:
            new[code] = min(one.moment, new.get(code, one.moment))
    for row in transaction.all("look_alikes", codes=[*new]) if new else ():
        new.pop(row["code"])  # what they go into is refused for the same
    if new:
        transaction.copy(
            "facts.lots",
            ["lot_code", "happened_at", "metadata", "operator_id"],
            [(code, new[code], '{"untracked": true}', operator_id) for code in sorted(new)],
        )
    return {
        stem: replace(rows, columns={**rows.columns, INPUTS[stem][0]: codes[stem]})
        if stem in codes
        else rows
        for stem, rows in files.items()
    }


def _wanted(files: Mapping[str, Rows], rejections: list[Rejection]) -> Iterator[Missing]:
    """Yield the rows without a lot code, and refuse those that can't be called after anything."""
    wrong = {(one.file, one.line) for one in rejections}
    times = _times(files)
    for stem, (lot, into) in INPUTS.items():
        rows = files.get(stem)
        for at, code in enumerate(rows.columns[lot]) if rows is not None else ():
            if rows is None or code is not None or (f"{stem}.csv", rows.lines[at]) in wrong:
                continue
            of = rows.columns[into][at]
            moment = rows.columns["happened_at"][at] if stem == "genealogy" else times.get(of)
            key = rows.columns[KEY][at] if stem == "genealogy" else None
            called = f"{UNTRACKED}{of}" + (f"{BEFORE_KEY}{key}" if key is not None else "")
            if moment is None or len(called) > LONGEST_CODE:
                reason = f"{lot} must not be empty."
                rejections.append(rejected_cell(stem, rows.lines[at], lot, None, reason))
            else:
                yield Missing(stem, at, called, parted(moment)[0])


def _unvoided(transaction: Transaction, code: str, held: dict[Any, Row]) -> str:
    """Return a code under which no lot was voided: that of a voided one is not given again."""
    tried, number = code, 1
    while tried in held and held[tried]["is_voided"]:
        number += 1
        tried = f"{code} ({number})"
        held |= look_up(transaction, "lots", [tried])
    return tried


def _times(files: Mapping[str, Rows]) -> dict[Any, datetime | Stretch]:
    """Return when each production of the files took place."""
    if "productions" not in files:
        return {}
    columns = files["productions"].columns
    return dict(zip(columns["production_code"], columns["happened_at"], strict=True))
