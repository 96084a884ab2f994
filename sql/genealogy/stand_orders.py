"""In which orders what happened to a lot may have happened, and how it may stand then.

What is known by the day or month happened at its beginning, at its end or between: a lot stands as
it would in the one order or in the other, so each place has the least and the most of both.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sql.amounts import Amount
from sql.genealogy.stands import Flow, Place, Stand, stand_after


class Dated(NamedTuple):
    """A flow, when it began to be possible and by when it had happened; the same of a minute."""

    flow: Flow
    begins_at: datetime
    ends_at: datetime


def orders(flows: Iterable[Dated]) -> list[list[tuple[Flow, datetime]]]:
    """Return flows in the order in which they began, and where it is another, in which they ended.

    Each comes with when it happened in that order; what is alike stays in the order given.
    """
    known = list(flows)
    begun = [(one.flow, one.begins_at) for one in sorted(known, key=lambda one: one.begins_at)]
    if all(one.begins_at == one.ends_at for one in known):
        return [begun]
    return [begun, [(one.flow, one.ends_at) for one in sorted(known, key=lambda one: one.ends_at)]]


def stands_before(weight_kg: Decimal | None, known: Sequence[Dated], new: Dated) -> list[Stand]:
    """Return how a lot may have stood just before something new happened to it."""
    found = []
    for order in orders([*known, new]):
        flows = [flow for flow, _when in order]
        place = next(at for at, flow in enumerate(flows) if flow is new.flow)
        found.append(stand_after(weight_kg, flows[:place]))
    return found


def is_overdrawn(weight_kg: Decimal | None, flows: Sequence[Dated]) -> bool:
    """Tell whether, in whichever order, more went from a place than can have stood there."""
    ways = [[flow for flow, _when in order] for order in orders(flows)]
    return all(stand_after(weight_kg, way).is_overdrawn for way in ways)


def amounts_of(stands: Sequence[Stand]) -> dict[Place, Amount]:
    """Return what is where in any of several ways to stand: the least and the most of all."""
    ways = [stand.amounts() for stand in stands]
    nothing = Amount(Decimal(0), Decimal(0))
    return {
        place: _hull([way.get(place, nothing) for way in ways])
        for place in dict.fromkeys(place for way in ways for place in way)
    }


def _hull(amounts: Sequence[Amount]) -> Amount:
    most = [amount.most_kg for amount in amounts]
    return Amount(
        min(amount.least_kg for amount in amounts),
        None if None in most else max(kg for kg in most if kg is not None),
    )
