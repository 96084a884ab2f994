"""What an import and the record say of when things happened, where their order decides.

What left a lot on the day that it was counted is in the count, or went since; of unlike decisions
at a gate the latest holds. The record takes no order that nobody can tell (`guard_order_of_counts`,
`guard_order_of_decisions`); who asks here names each such row, so that the rest can come in.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dashboards.commands.import_files import Rows, Sorted
from dashboards.commands.import_productions import PRODUCTIONS
from sql.movements import MovementKind
from sql.record.transactions import Row
from sql.stretches import parted

WAY_OUT = "Write its time of day."
Facts = Mapping[str, Sorted]
_TABLES = ("genealogy", "shipments", "movements", "qc_decisions")


@dataclass(frozen=True)
class Said:
    """One row or held fact, and when it was.

    Attributes:
        stem: Its table.
        line: Where its row stands; None: the record holds it.
        lot: The code of the lot that it is about, or that it left.
        at: When it was, or the first moment it may have been.
        until: The first moment after that; None: it is known to the minute.
        recorded_at: When it was written down; of a row, now.
        about: What a movement is; the gate and word of a decision.
    """

    stem: str
    line: int | None
    lot: str
    at: datetime
    until: datetime | None
    recorded_at: datetime
    about: Any = None


def new_rows(stem: str, column: str, files: Mapping[str, Rows], facts: Facts) -> Iterator[Said]:
    """Yield the new rows of a table that are known by their day, counts, and every decision."""
    if stem not in files or stem not in facts:
        return
    rows, now = files[stem], datetime.now(UTC)
    times = _times_of_inputs(files) if stem == "production_inputs" else rows.columns["happened_at"]
    for at in facts[stem].new:
        lot = rows.columns[column][at]
        happened = times[at]
        if lot is not None and happened is not None:
            begins_at, until = parted(happened)
            about = _about(stem, rows, at)
            if until is None and about != MovementKind.COUNTED and stem != "qc_decisions":
                continue
            yield Said(stem, rows.lines[at], lot, begins_at, until, now, about)


def _times_of_inputs(files: Mapping[str, Rows]) -> list[Any]:
    """Return when the productions of inputs were; of one that no row says, nothing."""
    times = {}
    if PRODUCTIONS in files:
        said = files[PRODUCTIONS].columns
        times = dict(zip(said["production_code"], said["happened_at"], strict=True))
    return [times.get(code) for code in files["production_inputs"].columns["production_code"]]


def _about(stem: str, rows: Rows, at: int) -> Any:
    """Return what a movement is, or the gate and word of a decision."""
    if stem == "movements":
        return rows.columns["kind"][at]
    if stem == "qc_decisions":
        return rows.columns["gate_number"][at], rows.columns["decision"][at]
    return None


def held_row(stem: str, row: Row) -> Said:
    """Return a fact of the record."""
    about = (row["gate_number"], row["decision"]) if stem == "qc_decisions" else None
    until, recorded_at = row.get("happened_until"), row.get("recorded_at", row["happened_at"])
    return Said(stem, None, row["lot_code"], row["happened_at"], until, recorded_at, about)


def taken_back(facts: Facts) -> dict[str, set[int]]:
    """Return the held facts that are voided before anything is written, by table."""
    gone: dict[str, set[int]] = defaultdict(set)
    for stem in _TABLES:
        if (found := facts.get(stem)) is not None:
            gone[stem] = {row["fact_id"] for row in found.gone}
            gone[stem] |= {fact_id for fact_id, _key in found.replaced}
    return gone
