"""What of a trace is still here, in a line and place by place; how it is drawn is not here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboards.words import NOT_RECORDED, kilograms, plural
from sql.genealogy.whereabouts import Standing

Lot = Mapping[str, Any]


def by_place(here: Iterable[Lot]) -> list[dict[str, Any]]:
    """Return a row for each place and standing: how many lots, and the kilograms known of them.

    unknown_count says of how many lots nobody knows what is left; kilograms are None where that is
    all of them.
    """
    groups: dict[tuple[str, str], list[Lot]] = defaultdict(list)
    for lot in here:
        groups[lot["place"] or NOT_RECORDED, lot["standing"]].append(lot)
    order = [str(standing) for standing in Standing]
    return [
        {
            "place": place,
            "standing": standing,
            "lots_count": len(lots),
            "on_hand_kg": known_sum(lots, "on_hand_kg"),
            "suspect_on_hand_kg": known_sum(lots, "suspect_on_hand_kg"),
            "unknown_count": sum(lot["on_hand_kg"] is None for lot in lots),
        }
        for (place, standing), lots in sorted(
            groups.items(), key=lambda group: (order.index(group[0][1]), group[0][0])
        )
    ]


def known_sum(lots: Sequence[Lot], name: str) -> Decimal | None:
    """Add up what is known; None where nothing is."""
    known = [lot[name] for lot in lots if lot[name] is not None]
    return sum(known, Decimal(0)) if known else None


def here_words(here: Sequence[Lot]) -> str:
    """Say in one line how much is here to be held."""
    if not here:
        return "By the record nothing of these lots is left here."
    known = known_sum(here, "on_hand_kg")
    unknown = sum(lot["on_hand_kg"] is None for lot in here)
    weight = "" if known is None else f": {kilograms(known)}"
    beside = f"{', and' if weight else ':'} {plural(unknown, 'lot')} of unknown kilograms"
    return f"{plural(len(here), 'lot')} here to hold{weight}{beside if unknown else ''}."
