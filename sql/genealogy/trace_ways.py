"""What a trace finds in one direction: the links read from the record, and the walk along them.

Which lots a trace names, and what is said of each, is for `sql.genealogy.trace`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sql.genealogy.link_weights import with_weights
from sql.genealogy.trace_walk import UNKNOWN, Walked, fractions, walk
from sql.genealogy.traced_links import Columns, selected
from sql.record.binary_columns import binary_columns
from sql.record.transactions import Transaction
from sql.vocabulary import Direction

BACK, FORWARD = Direction.BACK, Direction.FORWARD


@dataclass(frozen=True)
class Way:
    """What one direction found.

    Attributes:
        direction: `back` or `forward`.
        walked: The lots reached.
        links: Those among the lots asked about and the lots reached.
        counted: Those that a share counts, from lots outside the answer too.
    """

    direction: Direction
    walked: Walked
    links: Columns
    counted: Columns


@dataclass(frozen=True)
class Asked:
    """The lots that a trace begins with.

    Attributes:
        lot_ids: int64, ascending, each once.
        milligrams: The weight of each; UNKNOWN where nobody wrote it down.
    """

    lot_ids: np.ndarray
    milligrams: np.ndarray

    def parts_of_all(self) -> np.ndarray:
        """Say which part of their weight together each is; nan where a weight is unknown.

        One lot alone is all of it, whatever it weighs.
        """
        if len(self.milligrams) == 1:
            return np.ones(1)
        total = self.milligrams.sum()
        if total <= 0 or (self.milligrams == UNKNOWN).any():
            return np.full(len(self.milligrams), np.nan)
        return self.milligrams / total


def links_each_way(
    transaction: Transaction, lot_codes: Sequence[str], direction: Direction
) -> tuple[Asked, dict[Direction, Columns]] | None:
    """Read the lots asked about and the links of their trace each way; None where there is none."""
    read = binary_columns(
        transaction,
        "links_traced",
        lot_codes=list(lot_codes),
        is_back=direction is not FORWARD,
        is_forward=direction is not BACK,
    )
    asked = Asked(read.pop("asked_lot_id"), read.pop("asked_milligrams"))
    is_forward = read.pop("is_forward") == 1
    if not asked.lot_ids.size:
        return None
    read = with_weights(transaction, read)
    rows = {BACK: ~is_forward, FORWARD: is_forward}
    wanted = rows if direction is Direction.BOTH else [direction]
    return asked, {way: selected(read, rows[way]) for way in wanted}


def walked(direction: Direction, asked: Asked, into: Columns) -> Way:
    """Walk one way from the lots asked about, along links that `links_each_way` read."""
    return _back(asked, into) if direction is BACK else _forward(asked, into)


def _back(asked: Asked, into: Columns) -> Way:
    """Walk towards the ancestors.

    The same walk along reversed links: the product of fractions along a way is the same from
    either end, and a share is the sum over all ways, so walking from the child gives share(A, C)
    for every A at once. Several lots asked about count by their weights; a way that leads through
    another of them ends there, for its kilograms are counted with that one.
    """
    parents, children = into["parent_lot_id"], into["child_lot_id"]
    parts = fractions(children, into["weights"])
    return Way(
        BACK, walk(asked.lot_ids, asked.parts_of_all(), children, parents, parts), into, into
    )


def _forward(asked: Asked, into: Columns) -> Way:
    """Walk towards the descendants; a lot asked about is suspect as a whole."""
    parents, children = into["parent_lot_id"], into["child_lot_id"]
    parts = fractions(children, into["weights"])
    # Every child lies ahead, a parent may not; what a lot asked about was made of is for BACK to
    # say, but for what comes from another of them.
    inside = np.isin(parents, np.append(children, asked.lot_ids))
    ahead = ~np.isin(children, asked.lot_ids)
    whole = np.ones(len(asked.lot_ids))
    return Way(
        FORWARD,
        walk(asked.lot_ids, whole, parents[inside], children[inside], parts[inside]),
        selected(into, inside),
        selected(into, ahead),
    )
