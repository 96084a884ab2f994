"""What of a trace is still here, in a line and place by place; how it is drawn is not here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboards.reader.signs import number
from dashboards.words import NOT_RECORDED, beside_kilograms, in_each_unit, plural
from dashboards.words import trace_summary as words
from dashboards.words.nouns import LOT
from sql.amounts import Amount, total
from sql.genealogy.whereabouts import Standing
from sql.unit_amounts import amount_in_unit, sums_in_units, told_in_unit

Lot = Mapping[str, Any]


def by_place(here: Iterable[Lot]) -> list[dict[str, Any]]:
    """Return a row for each place and standing: how many lots, and their kilograms there.

    A lot that stands in several places is in the row of each, with what is there of it.

    unknown_count says of how many lots nobody knows exactly what is left; then the kilograms are
    None, and the bounds that are known stand beside them. What is counted stands beside in words,
    unlike units apart: on_hand_in_units and suspect_on_hand_in_units.
    """
    groups: dict[tuple[str, str, str], list[Lot]] = defaultdict(list)
    for lot in here:
        for part in _at_each_place(lot):
            place = part["place"] or NOT_RECORDED
            groups[place, part.get("place_code") or "", lot["standing"]].append(part)
    order = [str(standing) for standing in Standing]
    return [
        {
            "place": place,
            "standing": standing,
            "lots_count": len(lots),
            **total(Amount.of(lot, "on_hand") for lot in lots).told("on_hand"),
            **total(Amount.of(lot, "suspect_on_hand") for lot in lots).told("suspect_on_hand"),
            **{
                f"{name}_in_units": beside_kilograms(sums_in_units(lots, name))
                for name in ("on_hand", "suspect_on_hand")
            },
            "unknown_count": sum(lot["on_hand_kg"] is None for lot in lots),
        }
        for (place, _code, standing), lots in sorted(
            groups.items(), key=lambda group: (order.index(group[0][2]), *group[0][:2])
        )
    ]


def _at_each_place(lot: Lot) -> list[Lot]:
    """Return a lot once for each place it stands in, with its kilograms there.

    Which part of it is suspect where, nobody knows: there is at most what is suspect in all, and at
    least what the sound part of the lot can't be.
    """
    parts = lot.get("at_places") or []
    if len(parts) < 2:
        return [{**lot, **_where(parts[0])} if parts else lot]
    return [{**lot, **part, **_suspect_in(lot, part)} for part in parts]


def _where(part: Lot) -> dict[str, Any]:
    return {name: part[name] for name in ("place", "place_code")}


def _suspect_in(lot: Lot, part: Lot) -> dict[str, Any]:
    """Say how much of what is at one place is suspect, in kilograms and in the lot's unit."""
    suspect, whole = Amount.of(lot, "suspect_on_hand"), Amount.of(lot, "on_hand")
    told = _suspect_of(suspect, whole, Amount.of(part, "on_hand")).told("suspect_on_hand")
    suspect, whole = amount_in_unit(lot, "suspect_on_hand"), amount_in_unit(lot, "on_hand")
    there = amount_in_unit({**lot, **part}, "on_hand")
    if suspect is None or whole is None or there is None:
        return told
    return told | told_in_unit(_suspect_of(suspect, whole, there), "suspect_on_hand")


def _suspect_of(suspect: Amount, whole: Amount, part: Amount) -> Amount:
    """Say how much of a part of a lot can be suspect, and must be."""
    most = [kg for kg in (suspect.most_kg, part.most_kg) if kg is not None]
    sound_kg = None if whole.most_kg is None else whole.most_kg - suspect.least_kg
    least_kg = Decimal(0) if sound_kg is None else max(part.least_kg - sound_kg, Decimal(0))
    return Amount(least_kg, min(most) if most else None)


def here_words(here: Sequence[Lot]) -> str:
    """Say in one line how much is here to be held."""
    if not here:
        return words.NOTHING_HERE
    left = [one for one in sums_in_units(here, "on_hand") if not one.is_unknown]
    unknown = sum(_is_unbounded(lot) for lot in here)
    weight = f": {in_each_unit(left)}" if left else ""
    beside = words.BESIDE_UNKNOWN.format(
        joined=words.AND_THOSE if weight else ":", lots=plural(unknown, LOT)
    )
    open_count = len(to_hold(here))
    if open_count == len(here):
        return words.HERE_TO_HOLD.format(
            lots=plural(len(here), LOT), amount=weight, beside=beside if unknown else ""
        )
    stopped = words.ALL_STOPPED if not open_count else number(len(here) - open_count)
    rest = words.REST_TO_HOLD.format(lots=plural(open_count, LOT)) if open_count else ""
    return words.HERE_STOPPED.format(
        lots=plural(len(here), LOT),
        amount=weight,
        beside=beside if unknown else "",
        stopped=stopped,
        rest=rest,
    )


def _is_unbounded(lot: Lot) -> bool:
    """Tell whether nobody knows how much is left of a lot at most, in its unit or in kilograms."""
    counted = amount_in_unit(lot, "on_hand")
    return Amount.of(lot, "on_hand").most_kg is None and (not counted or counted.most_kg is None)


def to_hold(here: Iterable[Lot]) -> list[Lot]:
    """Return the lots of these that nothing holds yet and nobody rejected."""
    return [lot for lot in here if lot["disposition"] not in ("hold", "rejected")]
