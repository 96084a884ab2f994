"""Where the nodes of a trace's drawing stand: which column, and how high in it."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from dashboards.words import NO_TYPE
from dashboards.words import tracing as words
from sql.genealogy.traced_lots import types_in_order

SWEEPS = 6
MOST_COLUMNS = 12

Lot = Mapping[str, Any]


def stages_of(lots: Sequence[Lot]) -> tuple[Callable[[Lot], str], list[str]]:
    """Say which stage a lot stands in, and their order: by type; where none has one, by steps.

    Steps of a long chain share columns, so that at most MOST_COLUMNS stand each side.
    """
    if any(lot["lot_type"] for lot in lots):
        return lambda lot: lot["lot_type"] or NO_TYPE, [*types_in_order(lots), NO_TYPE]
    deepest = max(lot["steps"] for lot in lots)
    wide = max(1, math.ceil(deepest / MOST_COLUMNS))

    def by_steps(lot: Lot) -> str:
        if lot["direction"] == "self":
            return words.THIS_LOT
        sign = "−" if lot["direction"] == "back" else "+"
        first = (lot["steps"] - 1) // wide * wide + 1
        return f"{sign}{first}" if wide == 1 else f"{sign}{first}…{first + wide - 1}"

    firsts = [
        {"steps": first, "direction": way}
        for way in ("back", "forward")
        for first in range(1, deepest + 1, wide)
    ]
    names = [by_steps(lot) for lot in firsts]
    half = len(names) // 2
    return by_steps, [*reversed(names[:half]), words.THIS_LOT, *names[half:]]


def heights_of(columns: np.ndarray, links: Sequence[tuple[int, int, Any]]) -> np.ndarray:
    """Order each column by the mean place of its neighbours, forth and back a few times.

    The barycentre heuristic of Sugiyama, Tagawa and Toda (1981); linear in links a sweep.
    """
    heights = np.empty(len(columns))
    for column in np.unique(columns):
        members = np.flatnonzero(columns == column)
        heights[members] = (np.arange(len(members)) + 0.5) / len(members)
    if not links:
        return heights
    sources, targets = np.array([link[:2] for link in links]).T
    for sweep in range(SWEEPS):
        here, there = (targets, sources) if sweep % 2 == 0 else (sources, targets)
        for column in np.unique(columns)[:: 1 if sweep % 2 == 0 else -1]:
            members = np.flatnonzero(columns == column)
            near = columns[here] == column
            count = np.bincount(here[near], minlength=len(columns))[members]
            total = np.bincount(here[near], heights[there[near]], len(columns))[members]
            wanted = np.where(count > 0, total / np.maximum(count, 1), heights[members])
            ordered = members[np.argsort(wanted, kind="stable")]
            heights[ordered] = (np.arange(len(members)) + 0.5) / len(members)
    return heights
