"""The compiled loops of the closure's walk: over arrays of numbers, and nothing else.

Lots are numbered from 0; `into[n]` to `into[n + 1]` are the links into lot n. `sql.genealogy.walk`
says what the arrays mean. The loops let go of Python's lock, so that
what is found is stored meanwhile.
"""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def topological_order(into, parents):
    """Give the lots, parents before children, and how many; behind them those no order holds."""
    lot_count = len(into) - 1
    waits_for = into[1:] - into[:-1]
    onward = np.zeros(lot_count + 1, np.int64)
    for parent in parents:
        onward[parent + 1] += 1
    onward = np.cumsum(onward)
    children, filled = np.empty(len(parents), np.int32), onward[:-1].copy()
    for child in range(lot_count):
        for link in range(into[child], into[child + 1]):
            children[filled[parents[link]]] = child
            filled[parents[link]] += 1
    order, count = np.empty(lot_count, np.int32), 0
    for lot in range(lot_count):
        if waits_for[lot] == 0:
            order[count] = lot
            count += 1
    done = 0
    while done < count:
        lot = order[done]
        done += 1
        for link in range(onward[lot], onward[lot + 1]):
            waits_for[children[link]] -= 1
            if waits_for[children[link]] == 0:
                order[count] = children[link]
                count += 1
    sorted_count = count
    for lot in range(lot_count):
        if waits_for[lot] > 0:
            order[count] = lot
            count += 1
    return order, sorted_count


@njit(cache=True, nogil=True)
def merge(
    order,
    position,
    into,
    parents,
    fractions,
    begin,
    end,
    is_walked,
    ancestors,
    steps,
    shares,
    count,
    budget,
    until,
    seen_by,
    place,
):
    """Merge lists, lot by lot, until all are done, enough are, or the arrays are full.

    Gives where to go on, how many pairs there are, and how much room is needed (0: enough).
    """
    for at in range(position, len(order)):
        if count >= until:
            return at, count, 0
        lot = order[at]
        if is_walked[lot]:
            continue
        first, needed, is_whole = count, 0, True
        for link in range(into[lot], into[lot + 1]):
            parent = parents[link]
            needed += 1 + end[parent] - begin[parent]
            is_whole = is_whole and is_walked[parent]
        if not is_whole:
            continue
        if count + needed > len(ancestors):
            return at, count, needed
        for link in range(into[lot], into[lot + 1]):
            parent, fraction = parents[link], fractions[link]
            # The parent itself stands before its list: one step away, and all of itself.
            for source in range(begin[parent] - 1, end[parent]):
                if source < begin[parent]:
                    ancestor, away, share = parent, 1, fraction
                else:
                    ancestor = ancestors[source]
                    away, share = steps[source] + 1, fraction * shares[source]
                if seen_by[ancestor] != lot:
                    seen_by[ancestor] = lot
                    place[ancestor] = count
                    ancestors[count], steps[count], shares[count] = ancestor, away, share
                    count += 1
                else:
                    known = place[ancestor]
                    steps[known] = min(steps[known], away)
                    shares[known] += share
        if count > budget:
            count = first
        else:
            begin[lot], end[lot], is_walked[lot] = first, count, True
    return len(order), count, 0


@njit(cache=True, nogil=True)
def search(lot, into, parents, seen_by, queue, away):
    """Find every ancestor of one lot, nearest first, the lot itself where a circle leads back."""
    count, done = 0, 0
    source, distance = lot, 0
    while True:
        for link in range(into[source], into[source + 1]):
            parent = parents[link]
            if seen_by[parent] != lot:
                seen_by[parent] = lot
                queue[count], away[count] = parent, distance + 1
                count += 1
        if done == count:
            return count
        source, distance = queue[done], away[done]
        done += 1


@njit(cache=True, nogil=True)
def least_ranks(order, into, parents, ranks):
    """Give, for each lot, the least rank among its ancestors, round by round (lots x rounds)."""
    lot_count, rounds = ranks.shape
    least = np.full((lot_count, rounds), np.inf, np.float32)
    for lot in order:
        for link in range(into[lot], into[lot + 1]):
            parent = parents[link]
            for k in range(rounds):
                least[lot, k] = min(least[lot, k], least[parent, k], ranks[parent, k])
    return least
