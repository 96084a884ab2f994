"""From one lot along its links: the fewest steps to each lot reached, and its share of the first.

The order of calls only; the loops are in `sql.genealogy.kernel`. Small answers are walked in plain
Python, and answers so large that loading the compiler pays by the same functions compiled.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sql.genealogy.kernel import compiled, search, spread_shares, topological_order

COMPILED_FROM_LINKS = 30_000
UNKNOWN = -1  # grams that nobody wrote down


@dataclass(frozen=True)
class Walked:
    """What a walk reached, the first lot left out, in no order of meaning.

    Attributes:
        lot_ids: The lots, int64, ascending.
        steps: Fewest links from the first lot.
        shares: 0 to 1; nan: unknown, or on a circle or behind one.
        circular: True for lots on a circle or behind one.
    """

    lot_ids: np.ndarray
    steps: np.ndarray
    shares: np.ndarray
    circular: np.ndarray


def fractions(children: np.ndarray, grams: np.ndarray) -> np.ndarray:
    """Say which part of its child's input mass each link is; nan where it can't be known.

    Args:
        children: A link's child; of each child all links, or its fractions are too large.
        grams: A link's grams; UNKNOWN makes every fraction of its child unknown.
    """
    _children, of_child = np.unique(children, return_inverse=True)
    # Whole grams below 2**53 add up exactly in doubles.
    totals = np.bincount(of_child, weights=grams).astype(float)  # of no links: of int
    unknown = np.bincount(of_child, weights=grams == UNKNOWN) > 0
    totals[unknown | (totals == 0)] = np.nan
    return grams / totals[of_child]


def walk(first: int, sources: np.ndarray, targets: np.ndarray, parts: np.ndarray) -> Walked:
    """Walk from the first lot along the links; linear in their number, ends on any data.

    A lot's share is the sum over its links of the source's share times the link's part: in
    topological order, so that a lot is weighed when every link into it was. Where a link leads back
    into the first lot, everything reached lies on a circle or behind one.

    Args:
        first: Where to begin.
        sources: Lots the links lead from; each is the first lot or reached from it.
        targets: Lots they lead to.
        parts: What part of the source's share a link carries; nan: unknown.
    """
    inside = targets != first
    sources, targets, parts = sources[inside], targets[inside], parts[inside]
    lot_ids, numbers = np.unique(np.concatenate([[first], sources, targets]), return_inverse=True)
    start, begins, ends = numbers[0], numbers[1 : len(sources) + 1], numbers[len(sources) + 1 :]
    order = np.argsort(begins, kind="stable")
    offsets = np.searchsorted(begins[order], np.arange(len(lot_ids) + 1))
    waits_for = np.bincount(ends, minlength=len(lot_ids))
    steps, waits_for, shares = _reached(
        int(start), (offsets, ends[order], parts[order]), waits_for, np.zeros(len(lot_ids))
    )
    reached = steps > 0
    circular = waits_for > 0 if inside.all() else reached
    shares[circular] = np.nan
    return Walked(lot_ids[reached], steps[reached], shares[reached], circular[reached])


def _reached(
    start: int,
    links: tuple[np.ndarray, np.ndarray, np.ndarray],
    waits_for: np.ndarray,
    shares: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return steps (0: not reached), links not weighed (none: on no circle, behind none), shares.

    Args:
        start: The number of the first lot.
        links: Where the links of each lot begin, the lot at the end of each, and its part.
        waits_for: How many links lead to each lot.
        shares: One 0.0 a lot.
    """
    is_large = len(links[1]) >= COMPILED_FROM_LINKS
    made, laid = (compiled, _as_it_is) if is_large else (_as_it_is, np.ndarray.tolist)
    begins, ends, parts = map(laid, links)
    seen_by, queue, away, order = (
        laid(np.full(len(shares), number)) for number in (-1, 0, 0, start)
    )
    waits_for, shares = laid(waits_for), laid(shares)
    found = made(search)(start, begins, ends, seen_by, queue, away)
    shares[start] = 1.0
    count = made(topological_order)(begins, ends, waits_for, order, 1)
    made(spread_shares)(order, count, begins, ends, parts, shares)
    steps = np.zeros(len(shares), int)
    steps[queue[:found]] = away[:found]
    return steps, np.asarray(waits_for), np.asarray(shares)


def _as_it_is(given: Any) -> Any:
    return given
