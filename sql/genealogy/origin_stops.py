"""Which lots stop another by its origin, with what share of it, and what was assessed.

A lot with an ancestor that stands on HOLD or FAIL is stopped until a manager assessed it
(sql/domain.md, Decisions and dispositions). The record decides that (`origin_stops` in
`postgres/schema.sql`); here the share is added. Guards that need no share ask the record alone.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sql.genealogy.trace import ancestors
from sql.record.transactions import Row, Transaction

MOST_NAMED = 200
FURTHER = "not named here: see the lot itself"


def stops_by_origin(transaction: Transaction, lot: Row) -> list[Row]:
    """List every HOLD and FAIL that stands against a lot by its origin, assessed ones too.

    Args:
        transaction: Open transaction or snapshot.
        lot: The lot, with lot_id and lot_code.

    Returns:
        One mapping a decision, FAIL first: lot_id, lot_code, lot_type (of the ancestor),
        gate_number, decision_id, decision, happened_at (UTC), notes, decided_by; steps and share
        of the ancestor in the lot (0 to 1, None: unknown); assessment_id (None: it stops the lot)
        with reason, assessed_at, assessed_by and its signature.
    """
    stops = transaction.all("origin_stops_of", lot_id=lot["lot_id"])
    if not stops:
        return []
    walked = ancestors(transaction, lot["lot_code"])
    if walked is None:
        raise LookupError(f"lot {lot['lot_code']} is not in the record any more")
    ids, steps = walked.lot_ids.tolist(), walked.steps.tolist()
    found = dict(zip(ids, zip(steps, walked.shares.tolist(), strict=True), strict=True))
    shown: list[Row] = []
    for stop in stops:
        away, share = found.get(stop["lot_id"], (None, math.nan))
        known = None if math.isnan(share) else share
        shown.append({**stop, "steps": away, "share": known})
    return shown


def not_assessed(stops: Iterable[Row]) -> list[Row]:
    """Keep the stops that nobody has assessed: those that stop the lot."""
    return [stop for stop in stops if stop["assessment_id"] is None]


def name_stops(transaction: Transaction, lots: Sequence[dict[str, Any]]) -> None:
    """Say of each lot of an answer that its origin stops by which lots: `stopped_by`, their codes.

    Args:
        transaction: The snapshot that the answer was read in.
        lots: The answer's rows, with lot_id and disposition; others than stopped ones stay as they
            are. Each of the first 200 stopped ones is named its stops; others say where to look.
    """
    stopped = [lot for lot in lots if lot["disposition"] == "stopped"]
    if not stopped:
        return
    asked = sorted({lot["lot_id"] for lot in stopped[:MOST_NAMED]})
    rows = transaction.all("stopping_lots", lot_ids=asked)
    named = {row["lot_id"]: row["stopped_by"] for row in rows}
    for lot in stopped:
        lot["stopped_by"] = named.get(lot["lot_id"], FURTHER)
