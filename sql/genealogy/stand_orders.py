"""In which orders what happened to a lot may have happened, and how it may stand then.

What is known by the day or month happened at its beginning, at its end or between: a lot stands as
it would in one of these orders, so each place has the least and the most of all. Where there are
too many orders to try them all, nothing is told that any of them could make false.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import product
from math import prod
from typing import NamedTuple

from sql.amounts import Amount
from sql.genealogy.flows import At, Flow
from sql.genealogy.stands import ANY, NOTHING, Stand, stand_after

MOST_ORDERS = 256
Moment = tuple[datetime, int]


class Dated(NamedTuple):
    """A flow, when it began to be possible and by when it had happened; the same of a minute."""

    flow: Flow
    begins_at: datetime
    ends_at: datetime


def orders(flows: Iterable[Dated]) -> list[list[tuple[Flow, datetime]]] | None:
    """Return the orders in which flows may have happened, each flow with when it did in it.

    None where there are more than 256.

    What has its minute is in that order, and what is alike stays in the order given. What is known
    by the day or month stands at its beginning, at its end, or after anything that has its minute
    between.
    """
    known = list(flows)
    minutes = sorted({one.begins_at for one in known if one.begins_at == one.ends_at})
    choices = [_moments(one, minutes) for one in known]
    if prod(map(len, choices)) > MOST_ORDERS:
        return None
    return [_ordered(known, moments) for moments in product(*choices)]


def _moments(one: Dated, minutes: Sequence[datetime]) -> list[Moment]:
    """Return when a flow may have happened: each moment, and whether before what happened then."""
    if one.begins_at == one.ends_at:
        return [(one.begins_at, 0)]
    between = [(minute, 1) for minute in minutes if one.begins_at <= minute < one.ends_at]
    return [(one.begins_at, -1), *between, (one.ends_at, -1)]


def _ordered(known: Sequence[Dated], moments: Sequence[Moment]) -> list[tuple[Flow, datetime]]:
    pairs = sorted(zip(moments, known, strict=True), key=lambda pair: pair[0])
    return [(one.flow, when) for (when, _rank), one in pairs]


def stands_after(
    weight_kg: Decimal | None, known: Sequence[Dated], at: datetime | None = None
) -> list[Stand]:
    """Return how a lot may stand after all this, or by a moment: in each order, or in any."""
    ways = orders(known)
    if ways is None:
        return [_any_way(weight_kg, known)]
    return [
        stand_after(weight_kg, [flow for flow, when in way if at is None or when <= at])
        for way in ways
    ]


def stands_before(weight_kg: Decimal | None, known: Sequence[Dated], new: Dated) -> list[Stand]:
    """Return how a lot may have stood just before something new happened to it."""
    found = []
    ways = orders([*known, new])
    if ways is None:
        return [_any_way(weight_kg, known)]
    for order in ways:
        flows = [flow for flow, _when in order]
        place = next(at for at, flow in enumerate(flows) if flow is new.flow)
        found.append(stand_after(weight_kg, flows[:place]))
    return found


def is_overdrawn(weight_kg: Decimal | None, flows: Sequence[Dated]) -> bool:
    """Tell whether, in whichever order, more went from a place than can have stood there."""
    ways = orders(flows)
    return ways is not None and all(
        stand_after(weight_kg, [flow for flow, _when in way]).is_overdrawn for way in ways
    )


def amounts_of(stands: Sequence[Stand]) -> dict[At, Amount]:
    """Return what is where in any of several ways to stand: the least and the most of all."""
    ways = [stand.amounts() for stand in stands]
    nothing = Amount(Decimal(0), Decimal(0))
    return {
        place: _hull([way.get(place, nothing) for way in ways])
        for place in dict.fromkeys(place for way in ways for place in way)
    }


def _any_way(weight_kg: Decimal | None, known: Sequence[Dated]) -> Stand:
    """Return what is so in every order: any place named may hold all there ever was, or nothing."""
    flows = [one.flow for one in known]
    came = [flow.kg for flow in flows if flow.what == "CAME"]
    began = [weight_kg, *(flow.kg for flow in flows if flow.what == "COUNTED")]
    kilograms = [kg for kg in (*came, *began) if kg is not None]
    is_known = len(kilograms) == len(came) + len(began)
    most = sum(filter(None, came), max(filter(None, began), default=NOTHING)) if is_known else ANY
    places = {None, *(place for flow in flows for place in (flow.to_place, flow.from_place))}
    stand = Stand(NOTHING, most)
    stand.least.update(dict.fromkeys(places, NOTHING))
    stand.most.update(dict.fromkeys(places, most))
    return stand


def _hull(amounts: Sequence[Amount]) -> Amount:
    most = [amount.most_kg for amount in amounts]
    return Amount(
        min(amount.least_kg for amount in amounts),
        None if None in most else max(kg for kg in most if kg is not None),
    )
