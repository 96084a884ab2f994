"""About how many pairs a closure will hold, said before one of them is found.

Of n exponential ranks the least is expected to be 1/n, so the least rank among a lot's ancestors
tells their number (E. Cohen, "Size-estimation framework with applications to transitive closure
and reachability", 1997). 16 rounds tell each lot's number to about a quarter, and the sum over many
lots far more closely.
"""

import numpy as np

from sql.genealogy.kernel import compiled
from sql.genealogy.link_arrays import LinkArrays, Numbers

ROUNDS = 16


def estimated_pairs(links: LinkArrays, order: Numbers) -> int:
    """Estimate the (ancestor, descendant) pairs of the lots in topological order, and no others."""
    ranks = np.random.default_rng(ROUNDS).standard_exponential(
        (len(links.lot_ids), ROUNDS), np.float32
    )
    least = compiled(_least_ranks)(order, links.into, links.parents, ranks)
    sums = least.sum(axis=1, dtype=np.float64)
    return round(float(((ROUNDS - 1) / sums[np.isfinite(sums)]).sum()))


def _least_ranks(order, into, parents, ranks):
    """Return, for each lot, the least rank among its ancestors, round by round (lots x rounds)."""
    lot_count, rounds = ranks.shape
    least = np.full((lot_count, rounds), np.inf, np.float32)
    for lot in order:
        for link in range(into[lot], into[lot + 1]):
            parent = parents[link]
            for k in range(rounds):
                least[lot, k] = min(least[lot, k], least[parent, k], ranks[parent, k])
    return least
