"""The ancestry of every lot, walked once in topological order by compiled code.

A lot's ancestors are its parents and theirs, so each lot's list is merged from its parents' lists:
the cost follows the pairs there are, however deep the genealogy is. (DuckDB's recursion needs a
round a level.) Arrays only: no SQL, no file, no record. The lists go out in batches while they are
found, so that they are stored meanwhile.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from sql.genealogy.found_pairs import FoundPairs, schema_of
from sql.genealogy.kernel import compiled, merge, search
from sql.genealogy.link_arrays import Numbers, in_order, link_arrays
from sql.genealogy.pairs_estimate import estimated_pairs

# Asked for at once and touched only as far as it is filled, which costs nothing on Linux.
FIRST_CAPACITY = 1 << 27
PAIRS_A_BATCH = 1 << 22


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
            links: One row a link: parent_lot_id, child_lot_id and weight: what counts for its part
                of the child, such as milligrams (null: unknown). Equal rows are two links.
            pairs_budget: How many pairs may be kept. A lot whose ancestors go beyond it is left out
                whole, and so are its descendants; no lot's list is ever cut.
            known: Lists that stand already, as `lists` returns them, of parents that have no link
                here; they are built upon, and not returned again.
        """
        self._links = link_arrays(links, known)
        lot_count = len(self._links.lot_ids)
        most = min(pairs_budget, lot_count * lot_count) + lot_count
        self._pairs = FoundPairs(lot_count, min(most, FIRST_CAPACITY))
        self._known_count = 0 if known is None else self._pairs.take(self._links.lot_ids, known)
        self._most_pairs = pairs_budget + self._known_count
        self._sorted, self._circular = in_order(self._links)
        self.pairs_estimated = (
            estimated_pairs(self._links, self._sorted)
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
        """Count the pairs found here."""
        return self._pairs.count - self._known_count

    def lists(self) -> pa.RecordBatchReader:
        """Return one row for each lot that has ancestors, found while they are read; once.

        Returns:
            descendant_lot_id, and three lists of one length: ancestor_lot_ids (each once), steps
            (fewest links between) and shares (0 to 1, see `sql/domain.md`, Shares: the mean of the
            parents' shares weighted by what went in; null where what counts is unknown, and for
            lots on or behind a circle). A lot on a circle is listed as its own ancestor.
        """
        lot_ids = self._links.lot_ids
        schema = schema_of(lot_ids)
        batches = (self._pairs.batch(lot_ids, lots, schema) for lots in self._walked())
        return pa.RecordBatchReader.from_batches(schema, batches)

    def _walked(self) -> Iterator[Numbers]:
        """Walk, and yield the lots whose lists are new each time there is a batch of them."""
        yield from self._walk_sorted()
        yield from self._walk_circles()

    def _walk_sorted(self) -> Iterator[Numbers]:
        """Walk the lots that no circle holds back, making room as it is needed."""
        links, pairs, order = self._links, self._pairs, self._sorted
        lot_count = len(links.lot_ids)
        known = pairs.is_walked.copy()
        room = np.full(lot_count, -1, np.int32), np.empty(lot_count, np.int64)
        first, position = 0, 0
        while position < len(order):
            position, pairs.count, needed = compiled(merge)(
                order,
                position,
                (links.into, links.parents, links.fractions),
                pairs.lists,
                pairs.count,
                self._most_pairs,
                self._batch_end(first),
                room,
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
        links, pairs = self._links, self._pairs
        lot_count = len(links.lot_ids)
        seen_by, queue = np.full(lot_count, -1, np.int32), np.empty(lot_count, np.int32)
        away = np.empty(lot_count, np.int32)
        for lot in self._circular:
            found = compiled(search)(lot, links.into, links.parents, seen_by, queue, away)
            if pairs.count + found > self._most_pairs:
                self.left_out_count += 1
                continue
            pairs.add(lot, queue[:found], away[:found])
            yield np.array([lot], np.int32)
