"""In which orders what happened to a lot may have happened, and how it may stand then.

What is known by the day or month happened at its beginning, at its end or between: a lot stands as
it would in one of these orders, so each place has the least and the most of all.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import product
from math import prod
from typing import NamedTuple

from sql.amounts import Amount
from sql.genealogy.stands import Flow, Place, Stand, stand_after

MOST_ORDERS = 256
Moment = tuple[datetime, int]


class Dated(NamedTuple):
    """A flow, when it began to be possible and by when it had happened; the same of a minute."""

    flow: Flow
    begins_at: datetime
    ends_at: datetime


def orders(flows: Iterable[Dated]) -> list[list[tuple[Flow, datetime]]]:
    """Return the orders in which flows may have happened, each flow with when it did in it.

    What has its minute is in that order, and what is alike stays in the order given. What is known
    by the day or month stands at its beginning, at its end, or after anything that has its minute
    between. Where that makes too many orders, all such flows go to the same of these moments.
    """
    known = list(flows)
    minutes = sorted({one.begins_at for one in known if one.begins_at == one.ends_at})
    choices = [_moments(one, minutes) for one in known]
    if prod(map(len, choices)) <= MOST_ORDERS:
        chosen = product(*choices)
    else:
        steps = max(map(len, choices))
        chosen = (
            tuple(moments[min(at, len(moments) - 1)] for moments in choices) for at in range(steps)
        )
    return [_ordered(known, moments) for moments in chosen]


def _moments(one: Dated, minutes: Sequence[datetime]) -> list[Moment]:
    """Return when a flow may have happened: each moment, and whether before what happened then."""
    if one.begins_at == one.ends_at:
        return [(one.begins_at, 0)]
    between = [(minute, 1) for minute in minutes if one.begins_at <= minute < one.ends_at]
    return [(one.begins_at, -1), *between, (one.ends_at, -1)]


def _ordered(known: Sequence[Dated], moments: Sequence[Moment]) -> list[tuple[Flow, datetime]]:
    pairs = sorted(zip(moments, known, strict=True), key=lambda pair: pair[0])
    return [(one.flow, when) for (when, _rank), one in pairs]


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
