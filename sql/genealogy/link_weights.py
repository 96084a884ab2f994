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
    """Add to links what they count: `weights`, UNKNOWN where nobody can say it; and `is_known`.

    A link's amount is known in kilograms, or in the one unit of all that went into its child.

    Args:
        transaction: Where the links were read.
        links: child_lot_id, parent_lot_id, milligrams (UNKNOWN where nobody wrote them down); of a
            child every link, or it is shared wrongly. A link may stand twice.
    """
    milligrams, children = links["milligrams"], links["child_lot_id"]
    unknown = milligrams == UNKNOWN
    if not unknown.any():
        return links | {"weights": milligrams, "is_known": ~unknown}
    unweighed = np.isin(children, children[unknown])
    weights = milligrams.copy()
    weights[unweighed] = UNKNOWN
    alone = unweighed & ~np.isin(children, _with_several_parents(links, unweighed))
    asked = np.unique(children[unweighed]).tolist()
    counted = binary_columns(transaction, "links_in_one_unit", child_lot_ids=array_literal(asked))
    found = np.isin(links["link_id"], counted["link_id"])
    at = np.searchsorted(counted["link_id"], links["link_id"][found])
    weights[found] = counted["millionths"][at]
    weights[alone] = 1
    return links | {"weights": weights, "is_known": ~unknown | found}


def _with_several_parents(links: Columns, rows: np.ndarray) -> np.ndarray:
    """Return the children among these rows that were made of several lots."""
    pairs = np.unique(
        np.stack([links["child_lot_id"][rows], links["parent_lot_id"][rows]], axis=1), axis=0
    )
    children, parents_count = np.unique(pairs[:, 0], return_counts=True)
    return children[parents_count > 1]
