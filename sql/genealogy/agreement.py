"""Whether the closure and the live trace give one answer.

Two engines compute what one lot was made from: the walk over the copies, and the trace over the
record. A sample of lots is asked of both. What the record learnt after the copies were made is
no disagreement, so lots that it touches are passed over; nothing is written here.
"""

import math
from dataclasses import dataclass
from typing import Any

from sql.genealogy.trace import ancestors
from sql.record.engine import Record
from sql.record.transactions import Transaction
from sql.warehouse.working_file import Warehouse

LOTS_ASKED = 200
SHARE_TOLERANCE = 1e-9

Answer = dict[int, tuple[int, float | None]]


@dataclass(frozen=True)
class Agreement:
    """What the comparison found.

    Attributes:
        compared_count: Lots that both were asked about.
        disagreements: One row a pair the two differ in: lot_code, ancestor_lot_id, steps and share
            of either; None where one doesn't know the pair at all.
    """

    compared_count: int
    disagreements: list[dict[str, Any]]


def compare(record: Record, warehouse: Warehouse, lots_asked: int = LOTS_ASKED) -> Agreement:
    """Ask the closure and the live trace about the same lots and say where they differ.

    Args:
        record: The record in the pipeline's role.
        warehouse: The working file, copies and ancestries built.
        lots_asked: How many lots to ask about; others are drawn each time the record changes.
    """
    about = warehouse.about()
    rows, compared_count = [], 0
    with record.snapshot() as snapshot:
        moved = {
            row["lot_id"] for row in snapshot.all("lots_relinked_since", snapshot=about["snapshot"])
        }
        drawn = warehouse.named(
            "lots_to_compare", seed=int(about["audit_length"]), lots_count=lots_asked
        )
        for lot_id, lot_code, ancestors, steps, shares in drawn.rows():
            closure = dict(zip(ancestors, zip(steps, shares, strict=True), strict=True))
            live = _live(snapshot, lot_code)
            if moved & {lot_id, *live, *closure}:
                continue
            compared_count += 1
            rows += _differences(lot_code, closure, live)
    return Agreement(compared_count, rows)


def _live(snapshot: Transaction, lot_code: str) -> Answer:
    """Read (steps, share) of every ancestor that the trace finds."""
    found = ancestors(snapshot, lot_code)
    if found is None:
        return {}
    shares = [None if math.isnan(share) else share for share in found.shares.tolist()]
    steps_and_shares = zip(found.steps.tolist(), shares, strict=True)
    return dict(zip(found.lot_ids.tolist(), steps_and_shares, strict=True))


def _differences(lot_code: str, closure: Answer, live: Answer) -> list[dict[str, Any]]:
    """Return a row for each ancestor about which the two say different things."""
    unknown = (None, None)
    return [
        {
            "lot_code": lot_code,
            "ancestor_lot_id": ancestor,
            "closure_steps": in_closure[0],
            "trace_steps": in_trace[0],
            "closure_share": in_closure[1],
            "trace_share": in_trace[1],
        }
        for ancestor in sorted(closure.keys() | live.keys())
        for in_closure, in_trace in [(closure.get(ancestor, unknown), live.get(ancestor, unknown))]
        if in_closure[0] != in_trace[0] or not _same_share(in_closure[1], in_trace[1])
    ]


def _same_share(one: float | None, other: float | None) -> bool:
    """Tell whether two shares are the same but for the rounding of sums."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=SHARE_TOLERANCE, abs_tol=1e-12)
