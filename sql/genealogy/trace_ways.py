"""What a trace finds in one direction: the links read from the record, and the walk along them.

Which lots a trace names, and what is said of each, is for `sql.genealogy.trace`.
"""

from dataclasses import dataclass

import numpy as np

from sql.genealogy.trace_walk import Walked, fractions, walk
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
        links: Those among the lot asked about and the lots reached.
        counted: Those that a share counts, from lots outside the answer too.
    """

    direction: Direction
    walked: Walked
    links: Columns
    counted: Columns


def links_each_way(
    transaction: Transaction, lot_code: str, direction: Direction
) -> tuple[int, dict[Direction, Columns]] | None:
    """Read a lot's id and the links of its trace each way; None where no lot carries the code."""
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


def walked(direction: Direction, lot_id: int, into: Columns) -> Way:
    """Walk one way from a lot, along links that `links_each_way` read."""
    return _back(lot_id, into) if direction is BACK else _forward(lot_id, into)


def _back(lot_id: int, into: Columns) -> Way:
    """Walk towards the ancestors.

    The same walk along reversed links: the product of fractions along a way is the same from
    either end, and a share is the sum over all ways, so walking from the child gives share(A, C)
    for every A at once.
    """
    parents, children = into["parent_lot_id"], into["child_lot_id"]
    parts = fractions(children, into["grams"])
    return Way(BACK, walk(lot_id, children, parents, parts), into, into)


def _forward(lot_id: int, into: Columns) -> Way:
    """Walk towards the descendants."""
    parents, children = into["parent_lot_id"], into["child_lot_id"]
    parts = fractions(children, into["grams"])
    # Every child lies ahead, a parent may not; what the lot itself was made of is for BACK to say.
    inside, ahead = np.isin(parents, np.append(children, lot_id)), children != lot_id
    return Way(
        FORWARD,
        walk(lot_id, parents[inside], children[inside], parts[inside]),
        selected(into, inside),
        selected(into, ahead),
    )
