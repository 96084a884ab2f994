"""The ancestry of every lot, walked once in topological order by compiled code.

A lot's ancestors are its parents and theirs, so each lot's list is merged from its parents' lists:
the cost follows the pairs there are, however deep the genealogy is. (DuckDB's recursion needs a
round a level.) Here are arrays only: no SQL, no file, no record.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sql.genealogy import walk_loops

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
Floats = NDArray[np.float64]

# Asked for at once and touched only as far as it is filled, which costs nothing on Linux.
FIRST_CAPACITY = 1 << 27
GROWTH = 1.3
PAIRS_A_BATCH = 1 << 22
LARGEST_INT32 = 2**31 - 1
# Ids may be this many times more spread than there are links, and still be looked up in an array.
SPARSEST = 8
ROUNDS = 16


@dataclass(frozen=True)
class _Genealogy:
    """Links as arrays: lots numbered from 0, the links into each lot side by side.

    Attributes:
        lot_ids: The record's id of each lot, ascending.
        into: Where the links into lot n begin; they end where those of n + 1 begin.
        parents: Of each link, the parent's number.
        fractions: Of each link, its part of the child's input mass; NaN: unknown.
    """

    lot_ids: Ints
    into: Ints
    parents: Numbers
    fractions: Floats


class _Pairs:
    """The pairs found: arrays that grow, and where the list of each lot lies in them."""

    def __init__(self, lot_count: int, capacity: int) -> None:
        self.begin = np.zeros(lot_count, np.int64)
        self.end = np.zeros(lot_count, np.int64)
        self.is_walked = np.zeros(lot_count, np.bool_)
        self.ancestors = np.empty(capacity, np.int32)
        self.steps = np.empty(capacity, np.int32)
        self.shares = np.empty(capacity, np.float64)
        self.count = 0

    def make_room(self, needed: int) -> None:
        """Grow, one array after the other, so that no more than one stands twice in memory."""
        capacity = max(self.count + needed, int(len(self.ancestors) * GROWTH))
        for name in ("ancestors", "steps", "shares"):
            grown = np.empty(capacity, getattr(self, name).dtype)
            grown[: self.count] = getattr(self, name)[: self.count]
            setattr(self, name, grown)


class Walk:
    """One walk: what it will come to, its lists as they are found, and what it came to.

    Attributes:
        pairs_estimated: About how many (ancestor, descendant) pairs there are, said before any is
            stored; None where so few lots can't go beyond the budget.
        pairs_count: Pairs in the lists given so far.
        left_out_count: Lots left out so far, for the budget.
    """

    def __init__(self, links: pa.Table, pairs_budget: int, known: pa.Table | None = None) -> None:
        """Put the links in order.

        Args:
            links: One row a link: parent_lot_id, child_lot_id and quantity_g, in whole grams (null:
                unknown). Equal rows are two links.
            pairs_budget: How many pairs may be kept. A lot whose ancestors go beyond it is left out
                whole, and so are its descendants; no lot's list is ever cut.
            known: Lists that stand already, as `lists` gives them, of parents that have no link
                here; they are built upon, and not given again.
        """
        self._budget = pairs_budget
        self._genealogy = _arrays(links, known)
        lot_count = len(self._genealogy.lot_ids)
        most = min(pairs_budget, lot_count * lot_count) + lot_count
        self._pairs = _Pairs(lot_count, min(most, FIRST_CAPACITY))
        self._known_count = 0 if known is None else self._take(known)
        order, sorted_count = walk_loops.topological_order(
            self._genealogy.into, self._genealogy.parents
        )
        self._sorted, self._circular = order[:sorted_count], order[sorted_count:]
        self.pairs_estimated = (
            _estimated_pairs(self._genealogy, self._sorted)
            if lot_count * (lot_count - 1) // 2 > pairs_budget
            else None
        )
        self.left_out_count = 0

    @property
    def has_circle(self) -> bool:
        """Tell whether some lot is on a circle or behind one."""
        return len(self._circular) > 0

    @property
    def pairs_count(self) -> int:
        """Give how many pairs were found here."""
        return self._pairs.count - self._known_count

    def lists(self) -> pa.RecordBatchReader:
        """Give one row a lot that has ancestors, found while they are read; once.

        Returns:
            descendant_lot_id, and three lists of one length: ancestor_lot_ids (each once), steps
            (fewest links between) and shares (0 to 1: the mean of the parents' shares weighted by
            grams, see `sql/domain.md, Shares`; null where a quantity that counts is unknown, and
            for lots on or behind a circle: a lot on one is listed as its own ancestor, and the
            walk ends).
        """
        id_type = _id_type(self._genealogy.lot_ids)
        schema = pa.schema(
            [
                ("descendant_lot_id", pa.int64()),
                ("ancestor_lot_ids", pa.list_(id_type)),
                ("steps", pa.list_(pa.int32())),
                ("shares", pa.list_(pa.float64())),
            ]
        )
        batches = (self._batch(lots, schema) for lots in self._walked())
        return pa.RecordBatchReader.from_batches(schema, batches)

    def _walked(self) -> Iterator[Numbers]:
        """Walk, and give the lots whose lists are new each time there is a batch of them."""
        yield from self._walk_sorted()
        yield from self._walk_circles()

    def _walk_sorted(self) -> Iterator[Numbers]:
        """Walk the lots that no circle holds back, making room as it is needed."""
        genealogy, pairs, order = self._genealogy, self._pairs, self._sorted
        lot_count = len(genealogy.lot_ids)
        known = pairs.is_walked.copy()
        seen_by, place = np.full(lot_count, -1, np.int32), np.empty(lot_count, np.int64)
        first, position = 0, 0
        while position < len(order):
            position, pairs.count, needed = walk_loops.merge(
                order,
                position,
                genealogy.into,
                genealogy.parents,
                genealogy.fractions,
                pairs.begin,
                pairs.end,
                pairs.is_walked,
                pairs.ancestors,
                pairs.steps,
                pairs.shares,
                pairs.count,
                self._budget + self._known_count,
                self._batch_end(first),
                seen_by,
                place,
            )
            if needed:
                pairs.make_room(needed)
                continue
            lots = order[first:position]
            first = position
            self.left_out_count += int((~pairs.is_walked[lots]).sum())
            yield lots[~known[lots] & (pairs.end[lots] > pairs.begin[lots])]

    def _batch_end(self, first: int) -> int:
        """Say at how many pairs the batch that began at a lot is full."""
        begun_at = self._pairs.end[self._sorted[first - 1]] if first else self._known_count
        return max(int(begun_at), self._known_count) + PAIRS_A_BATCH

    def _walk_circles(self) -> Iterator[Numbers]:
        """Walk the lots on a circle or behind one, each on its own; a sound record has none."""
        genealogy, pairs = self._genealogy, self._pairs
        lot_count = len(genealogy.lot_ids)
        seen_by, queue = np.full(lot_count, -1, np.int32), np.empty(lot_count, np.int32)
        away = np.empty(lot_count, np.int32)
        for lot in self._circular:
            found = walk_loops.search(lot, genealogy.into, genealogy.parents, seen_by, queue, away)
            if pairs.count + found > self._budget + self._known_count:
                self.left_out_count += 1
                continue
            if pairs.count + found > len(pairs.ancestors):
                pairs.make_room(found)
            here = slice(pairs.count, pairs.count + found)
            pairs.ancestors[here], pairs.steps[here] = queue[:found], away[:found]
            pairs.shares[here] = np.nan
            pairs.begin[lot], pairs.end[lot] = here.start, here.stop
            pairs.is_walked[lot] = True
            pairs.count = here.stop
            yield np.array([lot], np.int32)

    def _batch(self, lots: Numbers, schema: pa.Schema) -> pa.RecordBatch:
        """Give the lists of lots that were walked one after the other."""
        pairs, lot_ids = self._pairs, self._genealogy.lot_ids
        begin = int(pairs.begin[lots[0]]) if len(lots) else 0
        end = int(pairs.end[lots[-1]]) if len(lots) else 0
        offsets = pa.array(np.append(pairs.begin[lots], end) - begin, pa.int32())
        here = slice(begin, end)
        ids = lot_ids.astype(schema.field("ancestor_lot_ids").type.value_type.to_pandas_dtype())
        return pa.record_batch(
            [
                pa.array(lot_ids[lots]),
                pa.ListArray.from_arrays(offsets, pa.array(ids[pairs.ancestors[here]])),
                pa.ListArray.from_arrays(offsets, pa.array(pairs.steps[here])),
                pa.ListArray.from_arrays(offsets, pa.array(pairs.shares[here], from_pandas=True)),
            ],
            schema,
        )

    def _take(self, known: pa.Table) -> int:
        """Lay the lists that stand already in front; gives how many pairs they are."""
        pairs, lot_ids = self._pairs, self._genealogy.lot_ids
        lists = known["ancestor_lot_ids"].combine_chunks()
        lots = np.searchsorted(lot_ids, known["descendant_lot_id"].to_numpy())
        offsets = lists.offsets.to_numpy().astype(np.int64)
        count = int(offsets[-1] - offsets[0]) if len(lots) else 0
        if count > len(pairs.ancestors):
            pairs.make_room(count)
        pairs.ancestors[:count] = np.searchsorted(lot_ids, lists.flatten().to_numpy())
        pairs.steps[:count] = known["steps"].combine_chunks().flatten().to_numpy()
        pairs.shares[:count] = (
            known["shares"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
        )
        pairs.begin[lots], pairs.end[lots] = offsets[:-1] - offsets[0], offsets[1:] - offsets[0]
        pairs.is_walked[lots] = True
        pairs.count = count
        return count


def _arrays(links: pa.Table, known: pa.Table | None) -> _Genealogy:
    """Give the links sorted by child, their lots and those of the known lists numbered."""
    parent_ids, child_ids = (links[n].to_numpy() for n in ("parent_lot_id", "child_lot_id"))
    listed = (
        []
        if known is None
        else [
            known["descendant_lot_id"].to_numpy(),
            known["ancestor_lot_ids"].combine_chunks().flatten().to_numpy().astype(np.int64),
        ]
    )
    lot_ids = _distinct([parent_ids, child_ids, *listed])
    parents, children = (_numbers(lot_ids, ids) for ids in (parent_ids, child_ids))
    by_child = np.argsort(children, kind="stable")
    parents, children = parents[by_child], children[by_child]
    grams = links["quantity_g"].to_numpy(zero_copy_only=False).astype(np.float64)[by_child]
    into = np.zeros(len(lot_ids) + 1, np.int64)
    np.cumsum(np.bincount(children, minlength=len(lot_ids)), out=into[1:])
    # An unknown quantity is NaN, so it makes the whole sum of its lot NaN, as it should be.
    whole = np.bincount(children, weights=grams, minlength=len(lot_ids)).astype(np.float64)
    whole[whole == 0] = np.nan
    return _Genealogy(lot_ids, into, parents, grams / whole[children])


def _distinct(ids: list[Ints]) -> Ints:
    """Give the different ids, ascending."""
    count = sum(len(some) for some in ids)
    if count == 0:
        return np.empty(0, np.int64)
    top = max(int(some.max()) for some in ids if len(some))
    least = min(int(some.min()) for some in ids if len(some))
    if least < 0 or top > SPARSEST * count:
        return np.unique(np.concatenate(ids))
    is_there = np.zeros(top + 1, np.bool_)
    for some in ids:
        is_there[some] = True
    return np.flatnonzero(is_there)


def _numbers(lot_ids: Ints, ids: Ints) -> Numbers:
    """Say where each id stands among the different ones."""
    if len(lot_ids) == 0 or lot_ids[0] < 0 or lot_ids[-1] > SPARSEST * (len(ids) + len(lot_ids)):
        return np.searchsorted(lot_ids, ids).astype(np.int32)
    number = np.zeros(int(lot_ids[-1]) + 1, np.int32)
    number[lot_ids] = np.arange(len(lot_ids), dtype=np.int32)
    return number[ids]


def _id_type(lot_ids: Ints) -> pa.DataType:
    """Give the narrowest of two integers that holds every id: half the bytes, half the time."""
    is_small = len(lot_ids) == 0 or (lot_ids[0] >= 0 and lot_ids[-1] <= LARGEST_INT32)
    return pa.int32() if is_small else pa.int64()


def _estimated_pairs(genealogy: _Genealogy, order: Numbers) -> int:
    """Estimate how many pairs there are, without finding them.

    Of n exponential ranks the least is expected to be 1/n, so the least rank among a lot's
    ancestors tells their number (E. Cohen, "Size-estimation framework with applications to
    transitive closure and reachability", 1997): 16 rounds, each lot to about a quarter, the sum of
    many far closer. Lots on or behind circles are not counted.
    """
    ranks = np.random.default_rng(ROUNDS).standard_exponential(
        (len(genealogy.lot_ids), ROUNDS), np.float32
    )
    least = walk_loops.least_ranks(order, genealogy.into, genealogy.parents, ranks)
    sums = least.sum(axis=1, dtype=np.float64)
    return round(float(((ROUNDS - 1) / sums[np.isfinite(sums)]).sum()))
