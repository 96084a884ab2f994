"""How many kilograms of the lot asked about are where: shares made into grains that add up.

An answer counts in **grains**: in grams, and in milligrams where any kilogram of it was written
down finer than a gram. Rounding each on its own would leave a sum a few grains off, so all that
belongs together is rounded at once, by largest remainders (Hamilton's method): each is within a
grain of its share, and their sum is the exact sum, rounded once.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sql.amounts import GRAM_PLACES, MILLIGRAM_PLACES

Holding = Mapping[str, Any]
NOISE_DIGITS, NOISE = 6, 1e-6  # of a grain: what computing with doubles may add
GRAMS, MILLIGRAMS = 1_000, 1_000_000  # grains a kilogram
NOTHING_KNOWN: dict[str, Decimal | None] = {
    "suspect_kg": None,
    "suspect_shipped_kg": None,
    "suspect_shipped_at_least_kg": None,
    "suspect_on_hand_kg": None,
    "suspect_on_hand_at_most_kg": None,
}


def forward_kg(found: Sequence[tuple[Holding, float | None]]) -> list[dict[str, Decimal | None]]:
    """Say how much of the lot asked about is in each of these lots, and where that is now.

    What a lot didn't give to children it still holds, on hand or shipped. Where every kilogram is
    known and nothing was lost on the way, these remainders add up to what was drawn from the lot
    asked about, to the grain: they are rounded together. Lots of one type that handed something on
    are rounded together too, so that a stage adds up.

    Args:
        found: Each lot's facts (lot_type, weight_kg, and its balance as `balance_of` tells it) and
            its share, None: unknown.

    Returns:
        For each, in order: suspect_kg (share of its weight), suspect_shipped_kg (share of what was
        shipped of it), suspect_on_hand_kg (share of what is left of it); None: unknown. Where only
        a bound is known: suspect_shipped_at_least_kg, suspect_on_hand_at_most_kg.
    """
    known = {
        at: share
        for at, (lot, share) in enumerate(found)
        if share is not None and lot["weight_kg"] is not None
    }
    grains = _grains(lot for lot, _share in found)
    rests = [at for at in known if found[at][0]["into_children_kg"] is not None]
    rounded = rounded_together(
        known[at] * float(found[at][0]["weight_kg"] - found[at][0]["into_children_kg"]) * grains
        for at in rests
    )
    resting = dict(zip(rests, rounded, strict=True))
    suspect = dict(resting)
    handed_on = defaultdict(list)
    for at in known:
        if found[at][0]["into_children_kg"] != 0:
            handed_on[found[at][0]["lot_type"]].append(at)
    for stage in handed_on.values():
        weights = (known[at] * float(found[at][0]["weight_kg"]) * grains for at in stage)
        suspect |= zip(stage, rounded_together(weights), strict=True)
    held: list[dict[str, Decimal | None]] = [dict(NOTHING_KNOWN) for _lot in found]
    for at, share in known.items():
        held[at] = _held(found[at][0], share, suspect[at], resting.get(at), grains)
    return held


def backward_kg(
    asked: Holding, found: Sequence[tuple[bool, float | None]]
) -> list[dict[str, Decimal | None]]:
    """Say how much of each of these ancestors is in the lot asked about.

    What the first ingredients (ancestors without parents) make of it adds up to its weight.

    Args:
        asked: The lot asked about: weight_kg.
        found: Whether an ancestor is a first ingredient, and its share; None: unknown.

    Returns:
        For each, in order: suspect_kg; None: unknown.
    """
    weight_kg = asked["weight_kg"]
    if weight_kg is None:
        return [{"suspect_kg": None} for _ancestor in found]
    grains = _grains([asked])
    whole = float(weight_kg) * grains
    first = iter(
        rounded_together(
            share * whole for is_first, share in found if is_first and share is not None
        )
    )
    return [
        {
            "suspect_kg": None
            if share is None
            else _kg(next(first), grains)
            if is_first
            else _kg(round(share * whole), grains)
        }
        for is_first, share in found
    ]


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


def _held(
    lot: Holding, share: float, suspect: int, resting: int | None, grains: int
) -> dict[str, Decimal | None]:
    """Split what a lot still holds into shipped and on hand, each as surely as it is known."""
    held = NOTHING_KNOWN | {"suspect_kg": _kg(suspect, grains)}
    if lot["shipped_kg"] is None:
        least = math.floor(share * float(lot["shipped_at_least_kg"]) * grains)
        held["suspect_shipped_at_least_kg"] = _kg(least, grains)
    else:
        shipped = share * float(lot["shipped_kg"]) * grains
        here = lot["on_hand_kg"]
        if resting is None or here is None:
            held["suspect_shipped_kg"] = _kg(round(shipped), grains)
        else:
            gone, left = _split(resting, (shipped, share * float(here) * grains))
            held |= {
                "suspect_shipped_kg": _kg(gone, grains),
                "suspect_on_hand_kg": _kg(left, grains),
            }
    if lot["on_hand_at_most_kg"] is not None:
        most = math.ceil(share * float(lot["on_hand_at_most_kg"]) * grains - NOISE)
        held["suspect_on_hand_at_most_kg"] = _kg(most, grains)
        # Rounded together with others, the whole may have lost the grain that its part may hold.
        held["suspect_kg"] = _kg(max(suspect, most), grains)
    return held


def _split(whole: int, parts: Sequence[float]) -> list[int]:
    """Split grains that were rounded with others: each part rounded down or up, never beyond."""
    exact = [round(part, NOISE_DIGITS) for part in parts]
    split = [math.floor(part) for part in exact]
    for at in sorted(range(len(exact)), key=lambda at: split[at] - exact[at]):
        split[at] += 1 if sum(split) < whole else 0
    split[split.index(max(split))] -= max(sum(split) - whole, 0)  # a grain lost to computing
    return split


def _grains(lots: Iterable[Holding]) -> int:
    """Say in how many grains a kilogram of these lots is counted."""
    names = ("weight_kg", "into_children_kg", "shipped_kg", "shipped_at_least_kg")
    known = (lot.get(name) for lot in lots for name in names)
    is_fine = any(kg is not None and kg != round(kg, GRAM_PLACES) for kg in known)
    return MILLIGRAMS if is_fine else GRAMS


def _kg(count: int, grains: int) -> Decimal:
    """Write a count of grains as kilograms."""
    return Decimal(count).scaleb(-GRAM_PLACES if grains == GRAMS else -MILLIGRAM_PLACES)
