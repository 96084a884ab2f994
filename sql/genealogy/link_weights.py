"""What each link counts for its part of a child: kilograms, or else what is known.

The rule of `genealogy.ancestries` for a live trace (sql/domain.md, Shares). Where every kilogram of
the links is known, nothing more is read.
"""

import numpy as np

from sql.genealogy.trace_walk import UNKNOWN
from sql.genealogy.traced_links import Columns
from sql.record.binary_columns import array_literal, binary_columns
from sql.record.transactions import Transaction


def with_weights(transaction: Transaction, links: Columns) -> Columns:
    """Add to links what they count: `weights`, UNKNOWN where nobody can say it.

    Args:
        transaction: Where the links were read.
        links: child_lot_id, parent_lot_id, milligrams (UNKNOWN where nobody wrote them down); of a
            child every link, or it is shared wrongly. A link may stand twice.
    """
    milligrams, children = links["milligrams"], links["child_lot_id"]
    unknown = milligrams == UNKNOWN
    if not unknown.any():
        return links | {"weights": milligrams}
    unweighed = np.isin(children, children[unknown])
    weights = milligrams.copy()
    weights[unweighed] = UNKNOWN
    alone = unweighed & ~np.isin(children, _with_several_parents(links, unweighed))
    weights[alone] = 1
    asked = np.unique(children[unweighed & ~alone])
    if asked.size:
        counted = binary_columns(
            transaction, "links_in_one_unit", child_lot_ids=array_literal(asked.tolist())
        )
        _fill(weights, links["link_id"], counted)
    return links | {"weights": weights}


def _with_several_parents(links: Columns, rows: np.ndarray) -> np.ndarray:
    """Return the children among these rows that were made of several lots."""
    pairs = np.unique(
        np.stack([links["child_lot_id"][rows], links["parent_lot_id"][rows]], axis=1), axis=0
    )
    children, parents_count = np.unique(pairs[:, 0], return_counts=True)
    return children[parents_count > 1]


def _fill(weights: np.ndarray, link_ids: np.ndarray, counted: Columns) -> None:
    """Put in what the links of children count that are in one unit."""
    if not counted["link_id"].size:
        return
    at = np.searchsorted(counted["link_id"], link_ids).clip(max=counted["link_id"].size - 1)
    found = counted["link_id"][at] == link_ids
    weights[found] = counted["millionths"][at[found]]
