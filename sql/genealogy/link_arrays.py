"""The links of many lots as arrays: lots numbered from 0, the links into each side by side.

Made for the closure's walk from tables of links and of lists that stand already. Nothing is walked
here but the order of the lots.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sql.genealogy.kernel import compiled, topological_order, turned

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
Floats = NDArray[np.float64]

# Ids may be this many times more spread than there are links, and still be looked up in an array.
SPARSEST = 8


@dataclass(frozen=True)
class LinkArrays:
    """Links by child.

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


def link_arrays(links: pa.Table, known: pa.Table | None) -> LinkArrays:
    """Sort links by child, and number their lots and those of the lists that stand already.

    Args:
        links: parent_lot_id, child_lot_id, weight (null: unknown).
        known: descendant_lot_id, ancestor_lot_ids.
    """
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
    weights = links["weight"].to_numpy(zero_copy_only=False).astype(np.float64)[by_child]
    into = np.zeros(len(lot_ids) + 1, np.int64)
    np.cumsum(np.bincount(children, minlength=len(lot_ids)), out=into[1:])
    # An unknown quantity is NaN, so it makes the whole sum of its lot NaN, as it should be.
    whole = np.bincount(children, weights=weights, minlength=len(lot_ids)).astype(np.float64)
    whole[whole == 0] = np.nan
    return LinkArrays(lot_ids, into, parents, weights / whole[children])


def in_order(links: LinkArrays) -> tuple[Numbers, Numbers]:
    """Return the lots, parents before children, and those on a circle or behind one, ascending."""
    onward, children = compiled(turned)(links.into, links.parents)
    waits_for = np.diff(links.into)
    ready = np.flatnonzero(waits_for == 0)
    order = np.empty(len(links.lot_ids), np.int32)
    order[: len(ready)] = ready
    count = compiled(topological_order)(onward, children, waits_for, order, len(ready))
    return order[:count], np.flatnonzero(waits_for > 0).astype(np.int32)


def _distinct(ids: list[Ints]) -> Ints:
    """Return the different ids, ascending."""
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
