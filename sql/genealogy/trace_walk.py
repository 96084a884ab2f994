"""From one lot along its links: the fewest steps to each lot reached, and its share of the first.

Arithmetic only, on numbers that stand for lots. Small answers are walked in plain Python; the very
same code is compiled for answers so large that loading the compiler pays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

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
    waiting = np.bincount(ends, minlength=len(lot_ids))
    steps, shares = np.full(len(lot_ids), -1), np.zeros(len(lot_ids))
    arrays = (offsets, ends[order], parts[order], waiting, steps, shares)
    if len(sources) >= COMPILED_FROM_LINKS:
        _compiled()(int(start), *arrays)
    else:
        lists = [array.tolist() for array in arrays]
        _reach(int(start), *lists)
        waiting, steps, shares = (np.array(values) for values in lists[3:])
    reached = steps > 0
    circular = waiting > 0 if inside.all() else reached
    shares[circular] = np.nan
    return Walked(lot_ids[reached], steps[reached], shares[reached], circular[reached])


def _reach(start, offsets, targets, parts, waiting, steps, shares):  # numba infers the types
    """Fill steps and shares from the start; `waiting` keeps what was never weighed above 0.

    Link `n` of lot `l` lies at offsets[l] <= n < offsets[l + 1].
    """
    steps[start] = 0
    queue = [start]
    at = 0
    while at < len(queue):
        source = queue[at]
        at += 1
        for link in range(offsets[source], offsets[source + 1]):
            if steps[targets[link]] < 0:
                steps[targets[link]] = steps[source] + 1
                queue.append(targets[link])
    shares[start] = 1.0
    ready = [start]
    at = 0
    while at < len(ready):
        source = ready[at]
        at += 1
        for link in range(offsets[source], offsets[source + 1]):
            target = targets[link]
            shares[target] += shares[source] * parts[link]
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)


@cache
def _compiled() -> Callable:
    """Compile the walk, or load it as compiled before; once a process."""
    import numba

    return numba.njit(cache=True, nogil=True)(_reach)
