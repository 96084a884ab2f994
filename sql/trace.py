"""The live trace: which lots, kilograms and customers one lot touches, from the record.

Answered from the record, because an edition of ten minutes ago misses the newest lots. The
database walks the set of lots (no depth limit, ends on any data); steps and shares are
computed here over its links, each looked at once, so the cost follows the size of the answer.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sql.findings import OpenFindings
from sql.record import Row, Transaction
from sql.verdicts import Verdict, is_late, verdict_on
from sql.vocabulary import Direction


@dataclass(frozen=True)
class Trace:
    """What one lot touches.

    Attributes:
        lot: The lot asked about, with the columns of `lots`.
        lots: One mapping a lot and direction: lot_id, lot_code, lot_type, product_code,
            product_name, direction (`self`, `back`, `forward`), steps (fewest links),
            share (0 to 1, None: unknown), suspect_kg (forward: share of the descendant's weight;
            back: what of the ancestor is in the lot asked about), weight_kg, given_out_kg,
            on_hand_kg, accounted_ratio (given out, of the weight), disposition, supplier_code,
            supplier_name, supplier_lot_code, happened_at and recorded_at (UTC).
        links: One mapping a link among those lots: link_id, parent_lot_code, child_lot_code,
            quantity_kg (None: unknown), happened_at, recorded_at (UTC), is_late (see
            `sql.verdicts.is_late`). Equal links stay apart.
        shipments: What of the lot itself and of the descendants traced left the plant, to whom.
        verdict: Whether the answer is complete, or what is open about it and at which lots.
    """

    lot: Row
    lots: list[dict[str, Any]]
    links: list[dict[str, Any]]
    shipments: list[Row]
    verdict: Verdict


Link = tuple[int, int, Decimal | None]
Measured = tuple[dict[int, tuple[int, float | None]], set[int]]


def trace(
    transaction: Transaction,
    lot_code: str,
    direction: Direction,
    findings: OpenFindings | None = None,
) -> Trace | None:
    """Trace one lot through the record; None where no lot carries the code.

    Shares follow the domain's §4: share(A, A) = 1, and share(A, C) is the mean of its parents'
    shares weighted by kilograms. Where a quantity that counts is unknown, so is the share.

    Args:
        transaction: Open transaction or snapshot.
        lot_code: The lot's code, exactly.
        direction: Towards its ancestors, its descendants, or both.
        findings: What the last checks found (`sql.findings.open_findings`), for the verdict.
    """
    lot_id = transaction.value("lot_id_by_code", lot_code=lot_code)
    if lot_id is None:
        return None
    found: dict[tuple[int, str], tuple[int, float | None]] = {(lot_id, "self"): (0, 1.0)}
    links: dict[int, Row] = {}
    counted: dict[int, Row] = {}
    circular: set[int] = set()
    for way, query in (("back", "lots_before"), ("forward", "lots_after")):
        if direction in (way, Direction.BOTH):
            scope = {row["lot_id"] for row in transaction.all(query, lot_id=lot_id)}
            into = _links_into(transaction, scope)
            measure = _back if way == "back" else _forward
            plain = [(r["parent_lot_id"], r["child_lot_id"], r["quantity_kg"]) for r in into]
            steps_and_shares, unweighed = measure(lot_id, scope, plain)
            found |= {(lot, way): values for lot, values in steps_and_shares.items()}
            circular |= unweighed
            # A trace forward leaves what its own lot was made of to the trace back.
            counted |= {r["link_id"]: r for r in into
                        if way == "back" or r["child_lot_id"] != lot_id}  # fmt: skip
            links |= {r["link_id"]: r for r in into
                      if {r["parent_lot_id"], r["child_lot_id"]} <= scope}  # fmt: skip
    return _answer(transaction, lot_id, found, links, (counted.values(), circular, findings))


def _links_into(transaction: Transaction, lot_ids: Iterable[int]) -> list[Row]:
    """Give every link into the lots, in the order recorded."""
    return transaction.all("links_into", lot_ids=list(lot_ids))


def _fractions(links: Iterable[Link]) -> list[tuple[int, int, float | None]]:
    """Say which part of a child's input mass each link is; None where it can't be known."""
    kept = list(links)
    total: dict[int, Decimal | None] = defaultdict(Decimal)
    for _parent, child, kilograms in kept:
        so_far = total[child]
        total[child] = None if so_far is None or kilograms is None else so_far + kilograms
    return [
        (parent, child, float(kilograms / whole) if kilograms is not None and whole else None)
        for parent, child, kilograms in kept
        for whole in (total[child],)
    ]


def _forward(lot_id: int, scope: set[int], links: Iterable[Link]) -> Measured:
    """Give steps to and share in every descendant."""
    inside = [link for link in _fractions(links) if link[0] in scope and link[1] != lot_id]
    return _walk(lot_id, inside)


def _back(lot_id: int, scope: set[int], links: Iterable[Link]) -> Measured:
    """Give steps from and share of every ancestor: the same walk along reversed links.

    The product of fractions along a way is the same from either end, and a share is the sum
    over all ways, so walking from the child gives share(A, C) for every A at once.
    """
    inside = [
        (child, parent, fraction)
        for parent, child, fraction in _fractions(links)
        if child in scope and parent != lot_id
    ]
    return _walk(lot_id, inside)


def _walk(start: int, links: Sequence[tuple[int, int, float | None]]) -> Measured:
    """Give (steps, share) of every lot reached from the start, but the start; and the circular.

    Steps by breadth first. Shares in topological order: a lot is weighed when every link into
    it was. Lots on or behind a circle are never weighed, so their share stays unknown.
    """
    onward: dict[int, list[tuple[int, float | None]]] = defaultdict(list)
    waiting: dict[int, int] = defaultdict(int)
    for source, target, fraction in links:
        onward[source].append((target, fraction))
        waiting[target] += 1
    steps = _fewest_steps(start, onward)
    shares: dict[int, float | None] = defaultdict(float, {start: 1.0})
    weighed = set()
    ready = deque([start])
    while ready:
        source = ready.popleft()
        weighed.add(source)
        for target, fraction in onward[source]:
            shares[target] = _add(shares[target], shares[source], fraction)
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    measured = {
        lot: (count, shares[lot] if lot in weighed else None)
        for lot, count in steps.items()
        if lot != start
    }
    return measured, set(measured) - weighed


def _add(so_far: float | None, share: float | None, fraction: float | None) -> float | None:
    """Add one link's part to a share; unknown stays unknown."""
    if so_far is None or share is None or fraction is None:
        return None
    return so_far + share * fraction


def _fewest_steps(
    start: int, onward: Mapping[int, Sequence[tuple[int, float | None]]]
) -> dict[int, int]:
    """Give the fewest links from the start to every lot reached."""
    steps = {start: 0}
    queue = deque([start])
    while queue:
        source = queue.popleft()
        for target, _fraction in onward.get(source, ()):
            if target not in steps:
                steps[target] = steps[source] + 1
                queue.append(target)
    return steps


def _answer(
    transaction: Transaction,
    lot_id: int,
    found: Mapping[tuple[int, str], tuple[int, float | None]],
    links: Mapping[int, Row],
    open_things: tuple[Iterable[Row], set[int], OpenFindings | None],
) -> Trace:
    """Put the facts of the lots beside what the walk found, nearest first."""
    lot_ids = sorted({lot for lot, _way in found})
    facts = {row["lot_id"]: row for row in transaction.all("lots_traced", lot_ids=lot_ids)}
    lots = [
        {
            **facts[lot],
            "direction": way,
            "steps": steps,
            "share": share,
            **_balance(facts[lot]),
            "suspect_kg": _suspect_kg(facts[lot if way != "back" else lot_id], share),
        }
        for (lot, way), (steps, share) in found.items()
    ]
    lots.sort(key=lambda row: (row["direction"] != "self", row["direction"], row["steps"],
                               row["lot_code"]))  # fmt: skip
    named_links = [
        {
            **link,
            "parent_lot_code": facts[link["parent_lot_id"]]["lot_code"],
            "child_lot_code": facts[link["child_lot_id"]]["lot_code"],
            "is_late": is_late(link, facts[link["child_lot_id"]]),
        }
        for _link_id, link in sorted(links.items())
    ]
    ahead = [lot for lot, way in found if way != "back"]
    shipments = transaction.all("shipments_of", lot_ids=ahead)
    counted, circular, findings = open_things
    verdict = verdict_on(
        lots=facts, links=counted, circular=circular, shipments=shipments, findings=findings
    )
    return Trace(facts[lot_id], lots, named_links, shipments, verdict)


def _balance(lot: Row) -> dict[str, Any]:
    """Say what should still be there of a lot, and which part of its weight is accounted for."""
    weight_kg, given_out_kg = lot["weight_kg"], lot["given_out_kg"]
    return {
        "on_hand_kg": None if weight_kg is None else weight_kg - given_out_kg,
        "accounted_ratio": float(given_out_kg / weight_kg) if weight_kg else None,
    }


def _suspect_kg(holder: Row, share: float | None) -> Decimal | None:
    """Give the kilograms that a share is of the lot that holds it, to the gram."""
    if share is None or holder["weight_kg"] is None:
        return None
    return (Decimal(share) * holder["weight_kg"]).quantize(Decimal("0.001"))
