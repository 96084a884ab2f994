"""From lots along their links: the fewest steps to each lot reached, and its share of the first.

One lot or several begin a walk alike. A number that stands for no lot leads to each of them, with
the share that it begins with, so that the loops know of one beginning only.

The order of calls only; the loops are in `sql.genealogy.kernel`. Small answers are walked in plain
Python, and answers so large that loading the compiler pays by the same functions compiled.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sql.genealogy.kernel import compiled, search, spread_shares, topological_order

COMPILED_FROM_LINKS = 30_000
UNKNOWN = -1  # milligrams that nobody wrote down


@dataclass(frozen=True)
class Walked:
    """What a walk reached, the first lots left out, in no order of meaning.

    Attributes:
        lot_ids: The lots, int64, ascending.
        steps: Fewest links from any of the first lots.
        shares: 0 to 1; nan: unknown, or on a circle or behind one.
        circular: The lots on a circle or behind one, int64; first lots too.
    """

    lot_ids: np.ndarray
    steps: np.ndarray
    shares: np.ndarray
    circular: np.ndarray


def fractions(children: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Say which part of its child's input mass each link is; nan where it can't be known.

    Args:
        children: A link's child; of each child all links, or its fractions are too large.
        weights: What a link counts, such as milligrams; UNKNOWN makes every fraction of its child
            unknown.
    """
    _children, of_child = np.unique(children, return_inverse=True)
    # Whole milligrams below 2**53 add up exactly in doubles.
    totals = np.bincount(of_child, weights=weights).astype(float)  # of no links: of int
    unknown = np.bincount(of_child, weights=weights == UNKNOWN) > 0
    totals[unknown | (totals == 0)] = np.nan
    return weights / totals[of_child]


def walk(
    first: np.ndarray,
    seeds: np.ndarray,
    sources: np.ndarray,
    targets: np.ndarray,
    parts: np.ndarray,
) -> Walked:
    """Walk from the first lots along the links; linear in their number, ends on any data.

    A lot's share is the sum over its links of the source's share times the link's part: in
    topological order, so that a lot is weighed when every link into it was. A first lot keeps the
    share it begins with: what comes to it along links is part of it already, and is counted once.
    Where links lead around in a circle, everything on it and behind it has no known share.

    Args:
        first: Where to begin: different lots.
        seeds: The share that each begins with; nan: unknown.
        sources: Lots the links lead from; each is a first lot or reached from one.
        targets: Lots they lead to.
        parts: What part of the source's share a link carries; nan: unknown.
    """
    lot_ids, numbers = np.unique(np.concatenate([first, sources, targets]), return_inverse=True)
    root, starts = len(lot_ids), numbers[: len(first)]
    begins = np.concatenate([numbers[len(first) : len(first) + len(sources)], starts * 0 + root])
    ends = np.concatenate([numbers[len(first) + len(sources) :], starts])
    order = np.argsort(begins, kind="stable")
    links = begins[order], ends[order], np.concatenate([parts, seeds])[order]
    steps, waits_for, shares = _reached(root, starts, links)
    reached, circular = steps > 0, waits_for > 0
    shares[circular] = np.nan
    return Walked(lot_ids[reached], steps[reached], shares[reached], lot_ids[circular])


def _reached(
    root: int, starts: np.ndarray, links: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return steps (0: first or not reached), links that no walk came along in order, and shares.

    Args:
        root: The number that leads to the first lots; lots are numbered below it.
        starts: The numbers of the first lots.
        links: Of each link, by where it begins: where it begins, where it ends, and its part.
    """
    begins, ends, parts = links
    is_large = len(ends) >= COMPILED_FROM_LINKS
    made, laid = (compiled, _as_it_is) if is_large else (_as_it_is, np.ndarray.tolist)
    waits_for = laid(np.bincount(ends, minlength=root + 1))
    offsets, targets = laid(_offsets(begins, root)), laid(ends)
    seen_by, queue, away, order = (laid(np.full(root + 1, number)) for number in (-1, 0, 0, root))
    found = made(search)(root, offsets, targets, seen_by, queue, away)
    count = made(topological_order)(offsets, targets, waits_for, order, 1)
    carried = (begins == root) | ~np.isin(ends, starts)
    if not carried.all():
        ends, parts = ends[carried], parts[carried]
        offsets, targets = laid(_offsets(begins[carried], root)), laid(ends)
    shares = np.zeros(root + 1)
    shares[root] = 1.0
    shares = laid(shares)
    made(spread_shares)(order, count, offsets, targets, laid(parts), shares)
    steps = np.zeros(root + 1, int)
    # The step from the root to a first lot is none.
    steps[queue[:found]] = np.asarray(away[:found]) - 1
    return steps[:root], np.asarray(waits_for)[:root], np.asarray(shares)[:root]


def _offsets(begins: np.ndarray, root: int) -> np.ndarray:
    """Say where the links of each number lie, up to the root's."""
    return np.searchsorted(begins, np.arange(root + 2))


def _as_it_is(given: Any) -> Any:
    return given
