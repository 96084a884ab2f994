"""Unlike decisions of an import at one gate, by the day: which came last, nobody knows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from dashboards.commands.import_files import Rejection, Rows, rejected_cell
from dashboards.commands.import_order import (
    WAY_OUT,
    Facts,
    Said,
    held_row,
    new_rows,
    taken_back,
)
from sql.record.transactions import Transaction


def unlike_decisions(
    transaction: Transaction, files: Mapping[str, Rows], facts: Facts
) -> Iterator[Rejection]:
    """Find new decisions of which the record can't know whether they hold.

    Args:
        transaction: Open transaction that holds the write lock.
        files: The rows that may be taken.
        facts: Which of them are new, and which held ones they replace.
    """
    new = [*new_rows("qc_decisions", "lot_code", files, facts)]
    by_day = sorted({one.lot for one in new if one.until is not None})
    if not new:
        return
    codes = sorted({one.lot for one in new})
    held = transaction.all("decisions_beside", codes=codes, by_day=by_day)
    gone = taken_back(facts)["qc_decisions"]
    beside = defaultdict(list)
    for one in (
        *new,
        *(held_row("qc_decisions", row) for row in held if row["fact_id"] not in gone),
    ):
        beside[one.lot, one.about[0]].append(one)
    for here in beside.values():
        for one in here:
            if one.line is not None and any(_is_open(one, other) for other in here):
                reason = (
                    "has another decision at this gate, and which came last can't be told of a "
                    f"day. {WAY_OUT}"
                )
                yield rejected_cell(one.stem, one.line, "lot_code", one.lot, reason)


def _is_open(one: Said, other: Said) -> bool:
    """Tell whether two unlike decisions may have come in either order, and this one is to blame."""
    if one.about[1] == other.about[1]:
        return False
    pairs = [(one, other)]
    if other.line is None:
        pairs.append((other, one))
    return any(
        day.until is not None
        and day.recorded_at > beside.at
        and beside.at < day.until
        and (beside.at >= day.at or (beside.until is not None and beside.until > day.at))
        for day, beside in pairs
    )
