"""The live trace: which lots, kilograms and customers one lot touches, from the record.

Answered from the record, because an edition of ten minutes ago misses the newest lots. The
database walks the set of lots (no depth limit, ends on any data); steps and shares are
computed over its links (`sql.genealogy.trace_walk`), each looked at once, so the cost follows the
size of the answer: three statements, however large it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sql.genealogy.checked_lots import checked_lots, questions
from sql.genealogy.gaps import Verdict
from sql.genealogy.trace_walk import Walked
from sql.genealogy.trace_ways import BACK, FORWARD, links_each_way, walked
from sql.genealogy.traced_links import Columns, Links, concatenated, once_each
from sql.genealogy.traced_lots import add_balance, shipped_of, traced_lots
from sql.genealogy.verdicts import are_late, verdict_on
from sql.record.binary_columns import array_literal, binary_moment
from sql.record.pipelined_queries import pipelined
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Direction
from sql.warehouse.open_findings import OpenFindings


@dataclass(frozen=True)
class Trace:
    """What one lot touches.

    Attributes:
        lot: The lot asked about, with the columns of `lots`.
        lots: One mapping a lot and direction: lot_id, lot_code, lot_type, product_code,
            product_name, gtin, expires_on (use-by, None: not known), direction (`self`, `back`,
            `forward`), steps (fewest links), share (0 to 1, None: unknown), suspect_kg (forward:
            share of the descendant's weight; back: what of the ancestor is in the lot asked
            about), weight_kg, into_children_kg, shipped_kg, given_out_kg (both together),
            on_hand_kg, accounted_ratio (given out, of the weight), disposition, supplier_code,
            supplier_name, supplier_lot_code, happened_at and recorded_at (UTC). Not those back:
            suspect_shipped_kg and suspect_on_hand_kg, what
            these lots hold of the lot asked about (`sql.genealogy.suspect_kilograms`).
        links: One mapping a link among those lots: link_id, parent_lot_id, child_lot_id,
            parent_lot_code, child_lot_code, quantity_kg (None: unknown), happened_at, recorded_at
            (UTC), is_late (see `sql.genealogy.verdicts.are_late`). Equal links stay apart.
        shipments: What of the lot itself and of the descendants traced left the plant, to whom;
            with what a customer knows the goods by: product_code, product_name, gtin, expires_on.
        verdict: Whether the list is whole and its kilograms known, and what else is on record.
    """

    lot: Row
    lots: list[dict[str, Any]]
    links: Sequence[dict[str, Any]]
    shipments: Sequence[Row]
    verdict: Verdict


def trace(
    transaction: Transaction,
    lot_code: str,
    direction: Direction,
    findings: OpenFindings | None = None,
) -> Trace | None:
    """Trace one lot through the record; None where no lot carries the code.

    Shares (sql/domain.md, Shares): share(A, A) = 1, and share(A, C) is the mean of its parents'
    shares weighted by kilograms. Where a quantity that counts is unknown, so is the share.

    Args:
        transaction: Open transaction or snapshot.
        lot_code: The lot's code, exactly.
        direction: Towards its ancestors, its descendants, or both.
        findings: What the last checks found (`sql.warehouse.open_findings`), for the
            verdict.
    """
    found = links_each_way(transaction, lot_code, direction)
    if found is None:
        return None
    lot_id, into = found
    ahead = {lot_id, *np.unique(into[FORWARD]["child_lot_id"]).tolist()} if FORWARD in into else ()
    behind = np.unique(into[BACK]["parent_lot_id"]).tolist() if BACK in into else ()
    lot_ids = sorted({lot_id, *ahead, *behind})
    with pipelined(
        transaction,
        ("lots_traced", {"lot_ids": array_literal(lot_ids)}),
        ("shipments_of", {"lot_ids": array_literal(ahead or [lot_id])}),
        *questions(findings, lot_ids),
    ) as answers:
        ways = [walked(direction, lot_id, links) for direction, links in into.items()]
        links = once_each(concatenated([way.links for way in ways]))
        counted = concatenated([way.counted for way in ways])
    traced, shipped, *looked = answers
    facts = {row["lot_id"]: row for row in traced}
    for lot in facts.values():
        add_balance(lot)
    lots = traced_lots(lot_id, facts, ways)
    shipments = [shipped_of(row, facts[row["lot_id"]]) for row in shipped]
    recorded = np.array([binary_moment(facts[lot]["recorded_at"]) for lot in lot_ids], np.int64)
    late = partial(_with_lateness, lot_ids=np.array(lot_ids), recorded_at=recorded)
    codes = {lot: row["lot_code"] for lot, row in facts.items()}
    verdict = verdict_on(
        lots=facts,
        links=late(counted),
        shipments=shipments,
        circular=[lot for way in ways for lot in way.walked.lot_ids[way.walked.circular].tolist()],
        checked=checked_lots(findings, codes, looked),
    )
    return Trace(facts[lot_id], lots, Links(late(links), codes), shipments, verdict)


def ancestors(transaction: Transaction, lot_code: str) -> Walked | None:
    """Return the lots that a trace back names, with steps and shares, and no other fact of them.

    None where no lot carries the code.
    """
    found = links_each_way(transaction, lot_code, BACK)
    return None if found is None else walked(BACK, found[0], found[1][BACK]).walked


def _with_lateness(links: Columns, lot_ids: np.ndarray, recorded_at: np.ndarray) -> Columns:
    """Add which links came late; the lots' ids ascend, each with when it was recorded."""
    of_child = recorded_at[np.searchsorted(lot_ids, links["child_lot_id"])]
    return links | {"is_late": are_late(links["recorded_at"], links["happened_at"], of_child)}
