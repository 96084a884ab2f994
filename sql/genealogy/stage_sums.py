"""What a stage of a trace comes to in kilograms: each of them once, however often it changed lots.

Bulk is poured into bulk, and a rework goes back into a mix: the weights of a stage's lots, added
up, count such kilograms twice. Here a lot counts with what it didn't take from its own stage.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sql.amounts import GRAM_PLACES, NOTHING, Amount, Sureness, places_of, total

UNKNOWN = Amount(Decimal(0), None)
Lot = Mapping[str, Any]
Link = Mapping[str, Any]
ByLot = dict[int, Amount]
GroupOf = Callable[[Lot], Hashable]


def stage_of(lot: Lot) -> Hashable:
    """Return the stage that a lot is of: its type."""
    return lot["lot_type"]


def stage_sums(
    lots: Sequence[Lot], links: Sequence[Link], group_of: GroupOf = stage_of
) -> dict[Any, tuple[Amount, Amount]]:
    """Add up each stage's weight, and what of it is suspect, counting no kilogram twice.

    Args:
        lots: The lots of a trace, each once.
        links: Those among them; of what went in (`back`), every link into each.
        group_of: What is added up together, where it is other than a stage.

    Returns:
        By lot type (None for lots without one), or by group: weight and suspect kilograms.
    """
    taken, taken_suspect = _taken_within({lot["lot_id"]: lot for lot in lots}, links, group_of)
    groups: dict[Hashable, list[Lot]] = defaultdict(list)
    for lot in lots:
        groups[group_of(lot)].append(lot)
    return {
        group: (
            total(_beyond(lot["weight_kg"], taken[lot["lot_id"]]) for lot in members),
            total(_beyond(lot["suspect_kg"], taken_suspect[lot["lot_id"]]) for lot in members),
        )
        for group, members in groups.items()
    }


def stage_quantities(
    lots: Sequence[Lot], links: Sequence[Link], group_of: GroupOf = stage_of
) -> dict[Any, dict[str, tuple[Amount, Amount]]]:
    """Add up the same in the units that lots are kept in, each by itself; in no unit nothing.

    Returns:
        By stage or group, then by unit: the amount and what of it is suspect, in that unit.
    """
    by_unit: dict[str, list[Lot]] = defaultdict(list)
    for lot in lots:
        if lot.get("unit") is not None:
            by_unit[lot["unit"]].append(lot)
    sums: dict[Any, dict[str, tuple[Amount, Amount]]] = defaultdict(dict)
    for unit, alike in sorted(by_unit.items()):
        ids = {lot["lot_id"] for lot in alike}
        within = [link for link in links if ids >= {link["parent_lot_id"], link["child_lot_id"]}]
        counted = [_counted_link(link, unit) for link in within]
        found = stage_sums([_counted_lot(lot) for lot in alike], counted, group_of)
        for group, known in found.items():
            sums[group][unit] = known
    return sums


def _counted_lot(lot: Lot) -> Lot:
    """Return a lot for the sums, its own unit in the place of kilograms."""
    return {**lot, "weight_kg": lot["quantity"], "suspect_kg": lot.get("suspect_quantity")}


def _counted_link(link: Link, unit: str) -> Link:
    """Return a link for the sums, a unit in the place of kilograms; unlike ones are unknown."""
    return {**link, "quantity_kg": link["quantity"] if link["unit"] == unit else None}


def _taken_within(
    lots: Mapping[int, Lot], links: Sequence[Link], group_of: GroupOf
) -> tuple[ByLot, ByLot]:
    """Say how much of each lot is counted at another lot of its group, and how much suspect.

    What came out of the lot asked about is counted where it came first, what went into it where it
    went in last: the suspect kilograms of an ancestor are those that end in the lot asked about.
    """
    groups = {lot_id: group_of(lot) for lot_id, lot in lots.items()}
    within = [one for one in links if groups[one["child_lot_id"]] == groups[one["parent_lot_id"]]]
    children = {link["child_lot_id"] for link in within}
    inputs: ByLot = defaultdict(lambda: NOTHING)
    for link in links if within else ():
        if link["child_lot_id"] in children:
            inputs[link["child_lot_id"]] += Amount.of(link, "quantity")
    taken: ByLot = defaultdict(lambda: NOTHING)
    suspect: ByLot = defaultdict(lambda: NOTHING)
    for link in within:
        child, parent = lots[link["child_lot_id"]], lots[link["parent_lot_id"]]
        taken[child["lot_id"]] += Amount.of(link, "quantity")
        if parent["direction"] == "back":
            part = _ratio(Amount.of(link, "quantity"), inputs[child["lot_id"]])
            suspect[parent["lot_id"]] += _times(child["suspect_kg"], part)
        else:
            suspect[child["lot_id"]] += _times(link["quantity_kg"], parent["share"])
    return taken, suspect


def _beyond(kg: Decimal | None, taken: Amount) -> Amount:
    """Say what of some kilograms didn't come from another lot of the stage; never below zero."""
    if kg is None:
        return UNKNOWN
    least = Decimal(0) if taken.most_kg is None else max(kg - taken.most_kg, Decimal(0))
    return Amount(least, max(kg - taken.least_kg, Decimal(0)))


def _ratio(part: Amount, whole: Amount) -> Decimal | None:
    """Divide, where both are known exactly; None: unknown."""
    is_known = part.sureness is Sureness.EXACTLY and whole.sureness is Sureness.EXACTLY
    return part.least_kg / whole.least_kg if is_known and whole.least_kg else None


def _times(kg: Decimal | None, ratio: Decimal | float | None) -> Amount:
    """Take a part of kilograms, to the gram, or as finely as they were written down."""
    if kg is None or ratio is None:
        return UNKNOWN
    taken = round(kg * Decimal(ratio), max(GRAM_PLACES, places_of(kg)))
    return Amount(taken, taken)
