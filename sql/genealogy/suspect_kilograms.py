"""How many kilograms of the lot asked about are where: shares made into grams that add up.

Kilograms are recorded to the gram, and so are answers. Rounding each on its own would leave a sum
a few grams off, so all that belongs together is rounded at once, by largest remainders (Hamilton's
method): each is within a gram of its share, and their sum is the exact sum, rounded once.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

Holding = Mapping[str, Any]
NOISE_DIGITS, NOISE_GRAMS = 6, 1e-6  # of a gram: what computing with doubles may add
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
    asked about, to the gram: they are rounded together. Lots of one type that handed something on
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
    rests = [at for at in known if found[at][0]["into_children_kg"] is not None]
    rounded = rounded_together(
        known[at] * float(found[at][0]["weight_kg"] - found[at][0]["into_children_kg"]) * 1000
        for at in rests
    )
    resting = dict(zip(rests, rounded, strict=True))
    suspect = dict(resting)
    handed_on = defaultdict(list)
    for at in known:
        if found[at][0]["into_children_kg"] != 0:
            handed_on[found[at][0]["lot_type"]].append(at)
    for stage in handed_on.values():
        weights = (known[at] * float(found[at][0]["weight_kg"]) * 1000 for at in stage)
        suspect |= zip(stage, rounded_together(weights), strict=True)
    held: list[dict[str, Decimal | None]] = [dict(NOTHING_KNOWN) for _lot in found]
    for at, share in known.items():
        held[at] = _held(found[at][0], share, suspect[at], resting.get(at))
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
    grams = float(weight_kg) * 1000
    first = iter(
        rounded_together(
            share * grams for is_first, share in found if is_first and share is not None
        )
    )
    return [
        {
            "suspect_kg": None
            if share is None
            else _kg(next(first))
            if is_first
            else _kg(round(share * grams))
        }
        for is_first, share in found
    ]


def rounded_together(grams: Iterable[float]) -> list[int]:
    """Round so that the sum of the rounded is the rounded sum, each less than one gram off."""
    exact = list(grams)
    whole = [math.floor(value) for value in exact]
    missing = round(math.fsum(exact)) - sum(whole)
    if missing:
        by_remainder = sorted(range(len(exact)), key=lambda at: whole[at] - exact[at])
        for at in by_remainder[:missing]:
            whole[at] += 1
    return whole


def _held(
    lot: Holding, share: float, suspect: int, resting: int | None
) -> dict[str, Decimal | None]:
    """Split what a lot still holds into shipped and on hand, each as surely as it is known."""
    held = NOTHING_KNOWN | {"suspect_kg": _kg(suspect)}
    if lot["shipped_kg"] is None:
        least = math.floor(share * float(lot["shipped_at_least_kg"]) * 1000)
        held["suspect_shipped_at_least_kg"] = _kg(least)
    else:
        shipped = share * float(lot["shipped_kg"]) * 1000
        here = lot["on_hand_kg"]
        if resting is None or here is None:
            held["suspect_shipped_kg"] = _kg(round(shipped))
        else:
            gone, left = _split(resting, (shipped, share * float(here) * 1000))
            held |= {"suspect_shipped_kg": _kg(gone), "suspect_on_hand_kg": _kg(left)}
    if lot["on_hand_at_most_kg"] is not None:
        most = math.ceil(share * float(lot["on_hand_at_most_kg"]) * 1000 - NOISE_GRAMS)
        held["suspect_on_hand_at_most_kg"] = _kg(most)
        # Rounded together with others, the whole may have lost the gram that its part may hold.
        held["suspect_kg"] = _kg(max(suspect, most))
    return held


def _split(whole: int, parts: Sequence[float]) -> list[int]:
    """Split grams, rounded with others, into their parts: each rounded down or up, never beyond."""
    exact = [round(part, NOISE_DIGITS) for part in parts]
    split = [math.floor(part) for part in exact]
    for at in sorted(range(len(exact)), key=lambda at: split[at] - exact[at]):
        split[at] += 1 if sum(split) < whole else 0
    split[split.index(max(split))] -= max(sum(split) - whole, 0)  # a gram lost to computing
    return split


def _kg(grams: int) -> Decimal:
    """Write grams as kilograms, to the gram."""
    return Decimal(grams).scaleb(-3)
