"""Kilograms counted in grains, and rounded so that they still add up.

An answer counts in **grains**: in grams, and in milligrams where any kilogram of it was written
down finer than a gram. What belongs together is rounded at once, by largest remainders (Hamilton's
method).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sql.amounts import GRAM_PLACES, MILLIGRAM_PLACES

NOISE_DIGITS, NOISE = 6, 1e-6  # of a grain: what computing with doubles may add
GRAMS, MILLIGRAMS = 1_000, 1_000_000  # grains a kilogram


def grains_of(lots: Iterable[Mapping[str, Any]]) -> int:
    """Say in how many grains a kilogram of these lots is counted."""
    names = ("weight_kg", "into_children_kg", "shipped_kg", "shipped_at_least_kg")
    known = (lot.get(name) for lot in lots for name in names)
    is_fine = any(kg is not None and kg != round(kg, GRAM_PLACES) for kg in known)
    return MILLIGRAMS if is_fine else GRAMS


def rounded_together(grains: Iterable[float]) -> list[int]:
    """Round so that the sum of the rounded is the rounded sum, each less than one grain off."""
    exact = list(grains)
    whole = [math.floor(value) for value in exact]
    missing = round(math.fsum(exact)) - sum(whole)
    if missing:
        by_remainder = sorted(range(len(exact)), key=lambda at: whole[at] - exact[at])
        for at in by_remainder[:missing]:
            whole[at] += 1
    return whole


def split(whole: int, parts: Sequence[float]) -> list[int]:
    """Split grains that were rounded with others: each part rounded down or up, never beyond."""
    exact = [round(part, NOISE_DIGITS) for part in parts]
    split = [math.floor(part) for part in exact]
    for at in sorted(range(len(exact)), key=lambda at: split[at] - exact[at]):
        split[at] += 1 if sum(split) < whole else 0
    split[split.index(max(split))] -= max(sum(split) - whole, 0)  # a grain lost to computing
    return split


def kilograms_of(count: int, grains: int) -> Decimal:
    """Write a count of grains as kilograms."""
    return Decimal(count).scaleb(-GRAM_PLACES if grains == GRAMS else -MILLIGRAM_PLACES)
