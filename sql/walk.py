"""The closure of a whole genealogy, walked once in topological order by compiled code.

A lot's ancestors are its parents and theirs, so each lot's list is merged from its parents' lists:
the cost follows the pairs there are, however deep the genealogy is. (DuckDB's recursion needs a
round a level.) Here are arrays only: no SQL, no file, no record.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FIRST_CAPACITY = 1 << 16
GROWTH = 1.3
PAIRS_A_BATCH = 1 << 20
SCHEMA = pa.schema([
    ("ancestor_lot_id", pa.int64()), ("descendant_lot_id", pa.int64()), ("steps", pa.int32()),
    ("share", pa.float64()),
])  # fmt: skip


@dataclass(frozen=True)
class _Genealogy:
    """Links as arrays: lots numbered from 0, the links into each lot side by side.

    Attributes:
        lot_ids: The record's id of each lot.
        into: Where the links into lot n begin; they end where those of n + 1 begin.
        parents: Of each link, the parent's number.
        fractions: Of each link, its part of the child's input mass; NaN: unknown.
    """

    lot_ids: Ints
    into: Ints
    parents: NDArray[np.int32]
    fractions: Floats


class _Pairs:
    """The pairs found: arrays that grow, and where the list of each lot lies in them."""

    def __init__(self, lot_count: int) -> None:
        self.begin = np.zeros(lot_count, np.int64)
        self.end = np.zeros(lot_count, np.int64)
        self.is_walked = np.zeros(lot_count, np.bool_)
        self.ancestors = np.empty(FIRST_CAPACITY, np.int32)
        self.steps = np.empty(FIRST_CAPACITY, np.int32)
        self.shares = np.empty(FIRST_CAPACITY, np.float64)
        self.count = 0

    def make_room(self, needed: int) -> None:
        """Grow, one array after the other, so that no more than one stands twice in memory."""
        capacity = max(self.count + needed, int(len(self.ancestors) * GROWTH))
        for name in ("ancestors", "steps", "shares"):
            grown = np.empty(capacity, getattr(self, name).dtype)
            grown[: self.count] = getattr(self, name)[: self.count]
            setattr(self, name, grown)


def closure(links: pa.Table, pairs_budget: int) -> pa.RecordBatchReader:
    """Give every ancestor of every lot: ancestor_lot_id, descendant_lot_id, steps, share.

    Args:
        links: One row a link: parent_lot_id, child_lot_id and quantity_g, in whole grams (null:
            unknown). Equal rows are two links.
        pairs_budget: How many pairs may be kept. A lot whose ancestors go beyond it is left out
            whole, and so are its descendants; no lot's list is ever cut.

    Returns:
        A stream of batches, the pairs of a descendant side by side. `steps` is the fewest links
        between; `share` (0 to 1) the mean of the parents' shares weighted by grams (domain §4),
        null where a quantity that counts is unknown, and for lots on or behind a circle, which
        have an end all the same: a lot on one is given as its own ancestor.
    """
    genealogy = _arrays(links)
    pairs = _Pairs(len(genealogy.lot_ids))
    order, sorted_count = _topological_order(genealogy.into, genealogy.parents)
    _walk_sorted(genealogy, order[:sorted_count], pairs, pairs_budget)
    _walk_circles(genealogy, order[sorted_count:], pairs, pairs_budget)
    walked = order[pairs.is_walked[order]]
    return pa.RecordBatchReader.from_batches(SCHEMA, _batches(genealogy.lot_ids, walked, pairs))


def _arrays(links: pa.Table) -> _Genealogy:
    """Give the links sorted by child, their lots numbered."""
    parent_ids, child_ids = (links[n].to_numpy() for n in ("parent_lot_id", "child_lot_id"))
    lot_ids, numbers = np.unique(np.concatenate([parent_ids, child_ids]), return_inverse=True)
    parents, children = (half.astype(np.int32) for half in np.split(numbers, 2))
    by_child = np.argsort(children, kind="stable")
    parents, children = parents[by_child], children[by_child]
    grams = links["quantity_g"].to_numpy(zero_copy_only=False).astype(np.float64)[by_child]
    into = np.searchsorted(children, np.arange(len(lot_ids) + 1)).astype(np.int64)
    # An unknown quantity is NaN, so it makes the whole sum of its lot NaN, as it should be.
    whole = np.bincount(children, weights=grams, minlength=len(lot_ids)).astype(np.float64)
    whole[whole == 0] = np.nan
    return _Genealogy(lot_ids, into, parents, grams / whole[children])


def _walk_sorted(
    genealogy: _Genealogy, order: NDArray[np.int32], pairs: _Pairs, budget: int
) -> None:
    """Walk the lots that no circle holds back, making room as it is needed."""
    lot_count = len(genealogy.lot_ids)
    seen_by, place = np.full(lot_count, -1, np.int32), np.empty(lot_count, np.int64)
    position = 0
    while position < len(order):
        position, pairs.count, needed = _merge(
            order, position, genealogy.into, genealogy.parents, genealogy.fractions,
            pairs.begin, pairs.end, pairs.is_walked, pairs.ancestors, pairs.steps, pairs.shares,
            pairs.count, budget, seen_by, place,
        )  # fmt: skip
        if needed:
            pairs.make_room(needed)


def _walk_circles(
    genealogy: _Genealogy, order: NDArray[np.int32], pairs: _Pairs, budget: int
) -> None:
    """Walk the lots on a circle or behind one, each on its own; a sound record has none."""
    lot_count = len(genealogy.lot_ids)
    seen_by, queue = np.full(lot_count, -1, np.int32), np.empty(lot_count, np.int32)
    away = np.empty(lot_count, np.int32)
    for lot in order:
        found = _search(lot, genealogy.into, genealogy.parents, seen_by, queue, away)
        if pairs.count + found > budget:
            continue
        if pairs.count + found > len(pairs.ancestors):
            pairs.make_room(found)
        here = slice(pairs.count, pairs.count + found)
        pairs.ancestors[here], pairs.steps[here] = queue[:found], away[:found]
        pairs.shares[here] = np.nan
        pairs.begin[lot], pairs.end[lot] = here.start, here.stop
        pairs.is_walked[lot] = True
        pairs.count = here.stop


def _batches(lot_ids: Ints, walked: NDArray[np.int32], pairs: _Pairs) -> Iterator[pa.RecordBatch]:
    """Give the pairs in the order they lie, whole lists together, about a million at a time."""
    ends = pairs.end[walked]
    lengths = ends - pairs.begin[walked]
    first_list = 0
    while first_list < len(walked):
        begin = ends[first_list] - lengths[first_list]
        last = int(np.searchsorted(ends, begin + PAIRS_A_BATCH, side="right"))
        lists = slice(first_list, max(last, first_list + 1))
        first_list = lists.stop
        here = slice(begin, ends[lists.stop - 1])
        descendants = np.repeat(lot_ids[walked[lists]], lengths[lists])
        yield pa.record_batch([
            pa.array(lot_ids[pairs.ancestors[here]]), pa.array(descendants),
            pa.array(pairs.steps[here]), pa.array(pairs.shares[here], from_pandas=True),
        ], SCHEMA)  # fmt: skip


@njit(cache=True)
def _topological_order(into, parents):
    """Give the lots, parents before children, and how many; behind them those no order holds."""
    lot_count = len(into) - 1
    waits_for = into[1:] - into[:-1]
    onward = np.zeros(lot_count + 1, np.int64)
    for parent in parents:
        onward[parent + 1] += 1
    onward = np.cumsum(onward)
    children, filled = np.empty(len(parents), np.int32), onward[:-1].copy()
    for child in range(lot_count):
        for link in range(into[child], into[child + 1]):
            children[filled[parents[link]]] = child
            filled[parents[link]] += 1
    order, count = np.empty(lot_count, np.int32), 0
    for lot in range(lot_count):
        if waits_for[lot] == 0:
            order[count] = lot
            count += 1
    done = 0
    while done < count:
        lot = order[done]
        done += 1
        for link in range(onward[lot], onward[lot + 1]):
            waits_for[children[link]] -= 1
            if waits_for[children[link]] == 0:
                order[count] = children[link]
                count += 1
    sorted_count = count
    for lot in range(lot_count):
        if waits_for[lot] > 0:
            order[count] = lot
            count += 1
    return order, sorted_count


@njit(cache=True)
def _merge(
    order, position, into, parents, fractions, begin, end, is_walked, ancestors, steps, shares,
    count, budget, seen_by, place,
):  # fmt: skip
    """Merge lists, lot by lot, until all are done or the arrays are full.

    Gives where to go on, how many pairs there are, and how much room is needed (0: all done).
    """
    for at in range(position, len(order)):
        lot = order[at]
        first, needed, is_whole = count, 0, True
        for link in range(into[lot], into[lot + 1]):
            parent = parents[link]
            needed += 1 + end[parent] - begin[parent]
            is_whole = is_whole and is_walked[parent]
        if not is_whole:
            continue
        if count + needed > len(ancestors):
            return at, count, needed
        for link in range(into[lot], into[lot + 1]):
            parent, fraction = parents[link], fractions[link]
            # The parent itself stands before its list: one step away, and all of itself.
            for source in range(begin[parent] - 1, end[parent]):
                if source < begin[parent]:
                    ancestor, away, share = parent, 1, fraction
                else:
                    ancestor = ancestors[source]
                    away, share = steps[source] + 1, fraction * shares[source]
                if seen_by[ancestor] != lot:
                    seen_by[ancestor] = lot
                    place[ancestor] = count
                    ancestors[count], steps[count], shares[count] = ancestor, away, share
                    count += 1
                else:
                    known = place[ancestor]
                    steps[known] = min(steps[known], away)
                    shares[known] += share
        if count > budget:
            count = first
        else:
            begin[lot], end[lot], is_walked[lot] = first, count, True
    return len(order), count, 0


@njit(cache=True)
def _search(lot, into, parents, seen_by, queue, away):
    """Find every ancestor of one lot, nearest first, the lot itself where a circle leads back."""
    count, done = 0, 0
    source, distance = lot, 0
    while True:
        for link in range(into[source], into[source + 1]):
            parent = parents[link]
            if seen_by[parent] != lot:
                seen_by[parent] = lot
                queue[count], away[count] = parent, distance + 1
                count += 1
        if done == count:
            return count
        source, distance = queue[done], away[done]
        done += 1
