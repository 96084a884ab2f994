"""What of a trace is still here, in a line and place by place; how it is drawn is not here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboards.reader.signs import number
from dashboards.words import NOT_RECORDED, amount, plural
from sql.amounts import Amount, Sureness, total
from sql.genealogy.whereabouts import Standing

Lot = Mapping[str, Any]


def by_place(here: Iterable[Lot]) -> list[dict[str, Any]]:
    """Return a row for each place and standing: how many lots, and their kilograms there.

    A lot that stands in several places is in the row of each, with what is there of it.

    unknown_count says of how many lots nobody knows exactly what is left; then the kilograms are
    None, and the bounds that are known stand beside them.
    """
    groups: dict[tuple[str, str], list[Lot]] = defaultdict(list)
    for lot in here:
        for part in _at_each_place(lot):
            groups[part["place"] or NOT_RECORDED, lot["standing"]].append(part)
    order = [str(standing) for standing in Standing]
    return [
        {
            "place": place,
            "standing": standing,
            "lots_count": len(lots),
            **total(Amount.of(lot, "on_hand") for lot in lots).told("on_hand"),
            **total(Amount.of(lot, "suspect_on_hand") for lot in lots).told("suspect_on_hand"),
            "unknown_count": sum(lot["on_hand_kg"] is None for lot in lots),
        }
        for (place, standing), lots in sorted(
            groups.items(), key=lambda group: (order.index(group[0][1]), group[0][0])
        )
    ]


def _at_each_place(lot: Lot) -> list[Lot]:
    """Return a lot once for each place it stands in, with its kilograms there.

    Which part of it is suspect where, nobody knows: there is at most what is suspect in all, and at
    least what the sound part of the lot can't be.
    """
    parts = lot.get("at_places") or []
    if len(parts) < 2:
        return [{**lot, "place": parts[0]["place"]} if parts else lot]
    suspect, whole = Amount.of(lot, "suspect_on_hand"), Amount.of(lot, "on_hand")
    return [
        {**lot, **part, **_suspect_of(suspect, whole, Amount.of(part, "on_hand"))} for part in parts
    ]


def _suspect_of(suspect: Amount, whole: Amount, part: Amount) -> dict[str, Any]:
    """Say how much of a part of a lot can be suspect, and must be."""
    most = [kg for kg in (suspect.most_kg, part.most_kg) if kg is not None]
    sound_kg = None if whole.most_kg is None else whole.most_kg - suspect.least_kg
    least_kg = Decimal(0) if sound_kg is None else max(part.least_kg - sound_kg, Decimal(0))
    return Amount(least_kg, min(most) if most else None).told("suspect_on_hand")


def here_words(here: Sequence[Lot]) -> str:
    """Say in one line how much is here to be held."""
    if not here:
        return "By the record nothing of these lots is left here."
    left = total(Amount.of(lot, "on_hand") for lot in here)
    unknown = sum(Amount.of(lot, "on_hand").most_kg is None for lot in here)
    weight = "" if left.sureness is Sureness.UNKNOWN else f": {amount(left)}"
    beside = f"{', and' if weight else ':'} {plural(unknown, 'lot')} of unknown kilograms"
    open_count = len(to_hold(here))
    if open_count == len(here):
        return f"{plural(len(here), 'lot')} here to hold{weight}{beside if unknown else ''}."
    stopped = "all" if not open_count else number(len(here) - open_count)
    rest = f"; {plural(open_count, 'lot')} to hold" if open_count else ""
    return (
        f"{plural(len(here), 'lot')} here{weight}{beside if unknown else ''}; "
        f"{stopped} on HOLD or rejected already{rest}."
    )


def to_hold(here: Iterable[Lot]) -> list[Lot]:
    """Return the lots of these that nothing holds yet and nobody rejected."""
    return [lot for lot in here if lot["disposition"] not in ("hold", "rejected")]
