"""How many kilograms of the lot asked about are where: shares made into grains that add up.

Rounding each on its own would leave a sum a few grains off, so all that belongs together is rounded
at once (`sql.genealogy.grains`): each is within a grain of its share, and their sum is the exact
sum, rounded once.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sql.genealogy.grains import NOISE, grains_of, kilograms_of, rounded_together
from sql.genealogy.holdings import Held, settle_held

Holding = Mapping[str, Any]
NOTHING_KNOWN: dict[str, Decimal | None] = {
    "suspect_kg": None,
    "suspect_shipped_kg": None,
    "suspect_shipped_at_least_kg": None,
    "suspect_on_hand_kg": None,
    "suspect_on_hand_at_most_kg": None,
}


def forward_kg(found: Sequence[tuple[Holding, float | None]]) -> list[dict[str, Decimal | None]]:
    """Say how much of the lot asked about is in each of these lots, and where that is now.

    What a lot didn't give to children it still holds, on hand or shipped, but for what else was
    moved of it. Where every kilogram is known and nothing was lost on the way, these remainders add
    up to what was drawn from the lot asked about, to the grain: they are rounded together. Lots of
    one type that handed something on are rounded together too, so that a stage adds up.

    Args:
        found: Each lot's facts (lot_type, weight_kg, and its balance as `balance_of` tells it) and
            its share, None: unknown.

    Returns:
        For each, in order: suspect_kg (share of its weight), suspect_shipped_kg (share of what is
        with customers of it), suspect_on_hand_kg (share of what is left of it); None: unknown.
        Where only a bound is known: suspect_shipped_at_least_kg, suspect_on_hand_at_most_kg.
    """
    known = {
        at: share
        for at, (lot, share) in enumerate(found)
        if share is not None and lot["weight_kg"] is not None
    }
    grains = grains_of(lot for lot, _share in found)
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
    holdings = {at: Held(found[at][0], known[at], resting.get(at), grains) for at in known}
    settle_held(holdings.values())
    for at, holding in holdings.items():
        is_whole = holding.adds_up and found[at][0]["into_children_kg"] == 0
        held[at] = _held(holding, sum(holding.cells) if is_whole else suspect[at], grains)
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
    grains = grains_of([asked])
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
            else kilograms_of(next(first), grains)
            if is_first
            else kilograms_of(round(share * whole), grains)
        }
        for is_first, share in found
    ]


def _held(holding: Held, suspect: int, grains: int) -> dict[str, Decimal | None]:
    """Say what a lot still holds with customers and on hand, each as surely as known."""
    held = NOTHING_KNOWN | {"suspect_kg": kilograms_of(suspect, grains)}
    lot, share = holding.lot, holding.share
    if lot["away_kg"] is None:
        least = math.floor(share * float(lot["away_at_least_kg"]) * grains)
        held["suspect_shipped_at_least_kg"] = kilograms_of(least, grains)
    for at, name in enumerate(("suspect_on_hand_kg", "suspect_shipped_kg")):
        if holding.is_known[at]:
            held[name] = kilograms_of(holding.cells[at], grains)
    if lot["on_hand_at_most_kg"] is not None:
        most = math.ceil(share * float(lot["on_hand_at_most_kg"]) * grains - NOISE)
        held["suspect_on_hand_at_most_kg"] = kilograms_of(most, grains)
        # Rounded together with others, the whole may have lost the grain that its part may hold.
        held["suspect_kg"] = kilograms_of(max(suspect, most), grains)
    return held
