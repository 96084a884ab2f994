"""The (ancestor, descendant) pairs that a closure's walk has found, list by list.

Arrays that grow, and the way from the table of lists into them and back. Who walks, and in which
order, is for `sql.genealogy.walk`.
"""

import numpy as np
import pyarrow as pa

from sql.genealogy.link_arrays import Ints, Numbers

GROWTH = 1.3
LARGEST_INT32 = 2**31 - 1


class FoundPairs:
    """All lists one behind the other, and where each lot's list lies.

    Attributes:
        begin: Where each lot's list begins.
        end: Where it ends.
        is_walked: Whether the lot's list stands.
        ancestors: The lots listed, by number.
        steps: Their fewest links from the lot.
        shares: Their shares; NaN: unknown.
        count: How many pairs there are.
    """

    def __init__(self, lot_count: int, capacity: int) -> None:
        self.begin = np.zeros(lot_count, np.int64)
        self.end = np.zeros(lot_count, np.int64)
        self.is_walked = np.zeros(lot_count, np.bool_)
        self.ancestors = np.empty(capacity, np.int32)
        self.steps = np.empty(capacity, np.int32)
        self.shares = np.empty(capacity, np.float64)
        self.count = 0

    @property
    def lists(self) -> tuple[np.ndarray, ...]:
        """Return the arrays as `sql.genealogy.kernel.merge` takes them."""
        return self.begin, self.end, self.is_walked, self.ancestors, self.steps, self.shares

    def make_room(self, needed: int) -> None:
        """Grow, one array after the other, so that no more than one stands twice in memory."""
        capacity = max(self.count + needed, int(len(self.ancestors) * GROWTH))
        for name in ("ancestors", "steps", "shares"):
            grown = np.empty(capacity, getattr(self, name).dtype)
            grown[: self.count] = getattr(self, name)[: self.count]
            setattr(self, name, grown)

    def take(self, lot_ids: Ints, known: pa.Table) -> int:
        """Take over lists that stand already, before any other; return how many pairs they are."""
        lists = known["ancestor_lot_ids"].combine_chunks()
        lots = np.searchsorted(lot_ids, known["descendant_lot_id"].to_numpy())
        offsets = lists.offsets.to_numpy().astype(np.int64)
        count = int(offsets[-1] - offsets[0]) if len(lots) else 0
        if count > len(self.ancestors):
            self.make_room(count)
        self.ancestors[:count] = np.searchsorted(lot_ids, lists.flatten().to_numpy())
        self.steps[:count] = known["steps"].combine_chunks().flatten().to_numpy()
        self.shares[:count] = (
            known["shares"].combine_chunks().flatten().to_numpy(zero_copy_only=False)
        )
        self.begin[lots], self.end[lots] = offsets[:-1] - offsets[0], offsets[1:] - offsets[0]
        self.is_walked[lots] = True
        self.count = count
        return count

    def add(self, lot: int, ancestors: Numbers, steps: Numbers) -> None:
        """Add the list of a lot whose shares nobody can know."""
        found = len(ancestors)
        if self.count + found > len(self.ancestors):
            self.make_room(found)
        here = slice(self.count, self.count + found)
        self.ancestors[here], self.steps[here], self.shares[here] = ancestors, steps, np.nan
        self.begin[lot], self.end[lot], self.is_walked[lot] = here.start, here.stop, True
        self.count = here.stop

    def batch(self, lot_ids: Ints, lots: Numbers, schema: pa.Schema) -> pa.RecordBatch:
        """Return the lists of lots that were walked one after the other, as rows of `schema`."""
        begin = int(self.begin[lots[0]]) if len(lots) else 0
        end = int(self.end[lots[-1]]) if len(lots) else 0
        offsets = pa.array(np.append(self.begin[lots], end) - begin, pa.int32())
        here = slice(begin, end)
        ids = lot_ids.astype(schema.field("ancestor_lot_ids").type.value_type.to_pandas_dtype())
        return pa.record_batch(
            [
                pa.array(lot_ids[lots]),
                pa.ListArray.from_arrays(offsets, pa.array(ids[self.ancestors[here]])),
                pa.ListArray.from_arrays(offsets, pa.array(self.steps[here])),
                pa.ListArray.from_arrays(offsets, pa.array(self.shares[here], from_pandas=True)),
            ],
            schema,
        )


def schema_of(lot_ids: Ints) -> pa.Schema:
    """Return the schema of the rows, ancestors in the narrowest integer that holds every id."""
    is_small = len(lot_ids) == 0 or (lot_ids[0] >= 0 and lot_ids[-1] <= LARGEST_INT32)
    # Half the bytes, half the time.
    id_type = pa.int32() if is_small else pa.int64()
    return pa.schema(
        [
            ("descendant_lot_id", pa.int64()),
            ("ancestor_lot_ids", pa.list_(id_type)),
            ("steps", pa.list_(pa.int32())),
            ("shares", pa.list_(pa.float64())),
        ]
    )
