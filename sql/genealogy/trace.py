"""The live trace: which lots, kilograms and customers one lot touches, from the record.

Answered from the record, because an edition of ten minutes ago misses the newest lots. The
database walks the set of lots (no depth limit, ends on any data); steps and shares are
computed over its links (`sql.genealogy.trace_walk`), each looked at once, so the cost follows the
size of the answer: three statements, however large it is.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from typing import Any

import numpy as np

from sql.genealogy.suspect_kilograms import backward_kg, forward_kg
from sql.genealogy.trace_walk import Walked, fractions, walk
from sql.genealogy.traced_links import Columns, Links, concatenated, once_each, selected
from sql.genealogy.verdicts import Verdict, are_late, verdict_on
from sql.record.binary_columns import array_literal, binary_columns, binary_moment
from sql.record.pipelined_queries import pipelined
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Direction
from sql.warehouse.findings import OpenFindings

BACK, FORWARD = Direction.BACK, Direction.FORWARD


@dataclass(frozen=True)
class Trace:
    """What one lot touches.

    Attributes:
        lot: The lot asked about, with the columns of `lots`.
        lots: One mapping a lot and direction: lot_id, lot_code, lot_type, product_code,
            product_name, direction (`self`, `back`, `forward`), steps (fewest links),
            share (0 to 1, None: unknown), suspect_kg (forward: share of the descendant's weight;
            back: what of the ancestor is in the lot asked about), weight_kg, into_children_kg,
            shipped_kg, given_out_kg (both together), on_hand_kg, accounted_ratio (given out, of the
            weight), disposition, supplier_code, supplier_name, supplier_lot_code, happened_at and
            recorded_at (UTC). Not those back: suspect_shipped_kg and suspect_on_hand_kg, what
            rests of the lot asked about (`sql.genealogy.suspect_kilograms`).
        links: One mapping a link among those lots: link_id, parent_lot_id, child_lot_id,
            parent_lot_code, child_lot_code, quantity_kg (None: unknown), happened_at, recorded_at
            (UTC), is_late (see `sql.genealogy.verdicts.are_late`). Equal links stay apart.
        shipments: What of the lot itself and of the descendants traced left the plant, to whom.
        verdict: Whether the answer is complete, or what is open about it and at which lots.
    """

    lot: Row
    lots: list[dict[str, Any]]
    links: Sequence[dict[str, Any]]
    shipments: list[Row]
    verdict: Verdict


@dataclass(frozen=True)
class _Way:
    """What one direction found.

    Attributes:
        direction: `back` or `forward`.
        walked: The lots reached.
        links: Those among the lot asked about and the lots reached.
        counted: Those that a share counts, from lots outside the answer too.
    """

    direction: Direction
    walked: Walked
    links: Columns
    counted: Columns


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
        findings: What the last checks found (`sql.warehouse.findings.open_findings`), for the
            verdict.
    """
    found = _links(transaction, lot_code, direction)
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
    ) as answers:
        ways = [_WALK[direction](lot_id, links) for direction, links in into.items()]
        links = once_each(concatenated([way.links for way in ways]))
        counted = concatenated([way.counted for way in ways])
    traced, shipped = answers
    facts = {row["lot_id"]: row for row in traced}
    for lot in facts.values():
        _add_balance(lot)
    lots = _lots(lot_id, facts, ways)
    shipments = [{**row, "lot_code": facts[row["lot_id"]]["lot_code"]} for row in shipped]
    recorded = np.array([binary_moment(facts[lot]["recorded_at"]) for lot in lot_ids], np.int64)
    late = partial(_with_lateness, lot_ids=np.array(lot_ids), recorded_at=recorded)
    verdict = verdict_on(
        lots=facts,
        links=late(counted),
        shipments=shipments,
        circular=[lot for way in ways for lot in way.walked.lot_ids[way.walked.circular].tolist()],
        findings=findings,
    )
    codes = {lot: row["lot_code"] for lot, row in facts.items()}
    return Trace(facts[lot_id], lots, Links(late(links), codes), shipments, verdict)


def ancestors(transaction: Transaction, lot_code: str) -> Walked | None:
    """Give the lots that a trace back names, with steps and shares, and no other fact of them.

    None where no lot carries the code.
    """
    found = _links(transaction, lot_code, BACK)
    return None if found is None else _back(found[0], found[1][BACK]).walked


def _links(
    transaction: Transaction, lot_code: str, direction: Direction
) -> tuple[int, dict[Direction, Columns]] | None:
    """Read the links of a trace each way; gives the lot's id too, None where there is none."""
    read = binary_columns(
        transaction,
        "links_traced",
        lot_code=lot_code,
        is_back=direction is not FORWARD,
        is_forward=direction is not BACK,
    )
    asked_lot_id, is_forward = read.pop("asked_lot_id"), read.pop("is_forward") == 1
    if not asked_lot_id.size:
        return None
    rows = {BACK: ~is_forward, FORWARD: is_forward}
    wanted = rows if direction is Direction.BOTH else [direction]
    return int(asked_lot_id[0]), {way: selected(read, rows[way]) for way in wanted}


def _back(lot_id: int, into: Columns) -> _Way:
    """Walk towards the ancestors.

    The same walk along reversed links: the product of fractions along a way is the same from
    either end, and a share is the sum over all ways, so walking from the child gives share(A, C)
    for every A at once.
    """
    parents, children = into["parent_lot_id"], into["child_lot_id"]
    parts = fractions(children, into["grams"])
    return _Way(BACK, walk(lot_id, children, parents, parts), into, into)


def _forward(lot_id: int, into: Columns) -> _Way:
    """Walk towards the descendants."""
    parents, children = into["parent_lot_id"], into["child_lot_id"]
    parts = fractions(children, into["grams"])
    # Every child lies ahead, a parent may not; what the lot itself was made of is for BACK to say.
    inside, ahead = np.isin(parents, np.append(children, lot_id)), children != lot_id
    return _Way(
        FORWARD,
        walk(lot_id, parents[inside], children[inside], parts[inside]),
        selected(into, inside),
        selected(into, ahead),
    )


def _lots(
    lot_id: int, facts: Mapping[int, dict[str, Any]], ways: Sequence[_Way]
) -> list[dict[str, Any]]:
    """Put what the walks found beside the facts of the lots: the lot itself, then nearest first."""
    codes = {lot: row["lot_code"] for lot, row in facts.items()}
    found = [("self", 0, codes[lot_id], lot_id, 1.0)]
    for way in ways:
        shares = [None if math.isnan(share) else share for share in way.walked.shares.tolist()]
        ids = way.walked.lot_ids.tolist()
        steps = way.walked.steps.tolist()
        names = map(codes.__getitem__, ids)
        # Codes differ, so nothing behind them is ever compared.
        found += sorted(zip(repeat(str(way.direction)), steps, names, ids, shares, strict=False))
    back = [row for row in found if row[0] == BACK]
    made = {lot for way in ways for lot in way.links["child_lot_id"].tolist()} if back else set()
    behind = backward_kg(facts[lot_id], [(lot not in made, share) for *_, lot, share in back])
    held = forward_kg([(facts[lot], share) for way, *_, lot, share in found if way != BACK])
    # The lot itself stands first, then what is back, then what is forward.
    kilograms = chain([held[0]], behind, held[1:])
    # A lot on both ways, as only a circle has it, stands twice.
    used: set[int] = set()
    lots = []
    for (way, steps, _code, lot, share), held_kg in zip(found, kilograms, strict=True):
        row = facts[lot]
        if lot in used:
            row = dict(row)
        used.add(lot)
        row["direction"], row["steps"], row["share"] = way, steps, share
        row.update(held_kg)
        lots.append(row)
    return lots


def _add_balance(lot: dict[str, Any]) -> None:
    """Add what was given out, what should be left, and what part of the weight that is."""
    weight_kg, given_out_kg = lot["weight_kg"], lot["into_children_kg"] + lot["shipped_kg"]
    lot["given_out_kg"] = given_out_kg
    lot["on_hand_kg"] = None if weight_kg is None else weight_kg - given_out_kg
    lot["accounted_ratio"] = float(given_out_kg / weight_kg) if weight_kg else None


def _with_lateness(links: Columns, lot_ids: np.ndarray, recorded_at: np.ndarray) -> Columns:
    """Add which links came late; the lots' ids ascend, each with when it was recorded."""
    of_child = recorded_at[np.searchsorted(lot_ids, links["child_lot_id"])]
    return links | {"is_late": are_late(links["recorded_at"], links["happened_at"], of_child)}


_WALK = {BACK: _back, FORWARD: _forward}
