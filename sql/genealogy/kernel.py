"""The steps of every walk along links: over arrays of numbers that stand for lots, nothing else.

A live trace walks from one lot, the closure walks all; both are made of these functions. Each works
as plain Python and compiled, alike to the last bit. None calls another, since compiled code can't
call plain code. Lots are numbered from 0, and links lie side by side by lot:
those of lot `n` are `begins[n]` up to `begins[n + 1]`, and `ends` says at which lot each ends. What
is filled is handed over. No SQL, no file, no id of the record.
"""

from collections.abc import Callable
from functools import cache

import numpy as np


def search(first, begins, ends, seen_by, queue, away):
    """Find every lot reached from the first, nearest first; return how many.

    The first itself is found only where a circle leads back to it. `queue` and `away` are filled:
    the lots and their fewest links from the first. `seen_by` holds a number a lot, none of them
    `first`, and becomes `first` for each lot found.
    """
    count, done = 0, 0
    source, distance = first, 0
    while True:
        for link in range(begins[source], begins[source + 1]):
            target = ends[link]
            if seen_by[target] != first:
                seen_by[target] = first
                queue[count], away[count] = target, distance + 1
                count += 1
        if done == count:
            return count
        source, distance = queue[done], away[done]
        done += 1


def topological_order(begins, ends, waits_for, order, count):
    """Put each lot behind all that lead to it; return how many could be.

    `order` is filled; its first `count` lots, which wait for nothing, stand there already.
    `waits_for` holds how many links lead to each lot and is counted down: it stays above 0 for lots
    on a circle or behind one.
    """
    done = 0
    while done < count:
        lot = order[done]
        done += 1
        for link in range(begins[lot], begins[lot + 1]):
            target = ends[link]
            left = waits_for[target] - 1
            waits_for[target] = left
            if left == 0:
                order[count] = target
                count += 1
    return count


def spread_shares(order, count, begins, ends, parts, shares):
    """Let each of the first `count` lots in order hand its share on: to each link its part."""
    for at in range(count):
        source = order[at]
        share = shares[source]
        for link in range(begins[source], begins[source + 1]):
            shares[ends[link]] += share * parts[link]


def turned(begins, ends):
    """Turn every link around: where the links into each lot begin, and the lot each comes from."""
    lot_count = len(begins) - 1
    into = np.zeros(lot_count + 1, np.int64)
    for end in ends:
        into[end + 1] += 1
    into = np.cumsum(into)
    sources, filled = np.empty(len(ends), np.int32), into[:-1].copy()
    for source in range(lot_count):
        for link in range(begins[source], begins[source + 1]):
            sources[filled[ends[link]]] = source
            filled[ends[link]] += 1
    return into, sources


def merge(order, position, links, lists, count, budget, until, room):
    """Merge the parents' lists into each lot's own until all are done, enough are, or room ends.

    Args:
        order: Lots, parents before children; those before `position` are done.
        position: Where to go on.
        links: Where the links into each lot begin; the parent of each; its part of the child.
        lists: Where each lot's list begins and ends, and whether it stands; then, for all lists one
            behind the other, ancestors, steps and shares. All are filled.
        count: How many pairs the lists hold.
        budget: How many they may hold; a lot that would go beyond is left out whole.
        until: At how many pairs to stop and hand over.
        room: Two numbers a lot to work with, of which the first are all -1 before the first call.

    Returns:
        Where to go on, how many pairs there are, how much room is needed (0: enough).
    """
    into, parents, fractions = links
    begin, end, is_walked, ancestors, steps, shares = lists
    seen_by, place = room
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


@cache
def compiled(function: Callable) -> Callable:
    """Compile a function of arrays, or load it as compiled before; it lets go of Python's lock."""
    import numba

    return numba.njit(cache=True, nogil=True)(function)
