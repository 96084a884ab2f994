"""What a lot has at each place, between two bounds, as its moves and flows leave it.

What nobody said stands at no known place (None), and is never made up. What left a lot without a
place left the only one it stood in, else any of them: each place then has at most what it had, and
at least what it would have if all had been taken from there.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from sql.amounts import Amount
from sql.genealogy.flows import At, Flow

NOTHING, ANY = Decimal(0), Decimal("Infinity")


@dataclass
class Stand:
    """What a lot has, in all and by place; begins as its weight at no known place.

    Attributes:
        least_kg: In all no less than this.
        most_kg: In all no more than this.
        least: The same by place.
        most: The same by place.
        is_overdrawn: Whether more went from a place than can have been there.
    """

    least_kg: Decimal
    most_kg: Decimal
    least: defaultdict[At, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    most: defaultdict[At, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    is_overdrawn: bool = False

    @classmethod
    def of(cls, weight_kg: Decimal | None) -> "Stand":
        """Begin with a lot's weight; None: unknown."""
        stand = cls(weight_kg or NOTHING, ANY if weight_kg is None else weight_kg)
        stand._all_to(None)
        return stand

    def follow(self, flow: Flow) -> None:
        """Take in what happened next."""
        if flow.what == "MOVED":
            self._move(flow)
        elif flow.what == "COUNTED":
            self._count(flow.kg)
        elif flow.what == "CAME":
            self._come(flow)
        else:
            self._leave(flow)
        self._bound()

    def amounts(self) -> dict[At, Amount]:
        """Return what stands where, the places that may hold something only."""
        return {
            place: Amount(self.least[place], None if kg == ANY else kg)
            for place, kg in self.most.items()
            if kg > 0
        }

    def _all_to(self, place: At) -> None:
        self.least.clear()
        self.most.clear()
        self.least[place], self.most[place] = self.least_kg, self.most_kg

    def _move(self, flow: Flow) -> None:
        to, origin, kg = flow.to_place, flow.from_place, flow.kg
        if kg is None and flow.is_some:
            self._move_some(flow)
            return
        if kg is None and origin is None:
            self._all_to(to)
            return
        movable = self.most[origin] if origin else self.most_kg - self.least[to]
        self.is_overdrawn |= movable <= 0 or kg is not None and kg > movable
        if kg is None:
            self.least[to] += self.least.pop(origin, NOTHING)
            self.most[to] += self.most.pop(origin, NOTHING)
            return
        if origin:
            self.most[origin] = max(NOTHING, self.most[origin] - kg)
        for place in [origin] if origin else [one for one in self.least if one != to]:
            self.least[place] = max(NOTHING, self.least[place] - kg)
        self.least[to] += kg
        self.most[to] += kg

    def _move_some(self, flow: Flow) -> None:
        """Let an unknown part go from a place, or from any other: nothing or all of it."""
        to, origin = flow.to_place, flow.from_place
        movable = self.most[origin] if origin else self.most_kg - self.least[to]
        self.is_overdrawn |= movable <= 0
        for place in [origin] if origin else [one for one in self.least if one != to]:
            self.least[place] = NOTHING
        self.most[to] += max(NOTHING, movable)

    def _leave(self, flow: Flow) -> None:
        kg, origin = flow.kg or NOTHING, flow.from_place
        taken = ANY if flow.kg is None else flow.kg
        self.most_kg -= kg
        self.least_kg = max(NOTHING, self.least_kg - taken)
        if origin is not None:
            self.is_overdrawn |= self.most[origin] <= 0 or kg > self.most[origin]
            self.most[origin] = max(NOTHING, self.most[origin] - kg)
        for place in list(self.least) if origin is None else [origin]:
            self.least[place] = max(NOTHING, self.least[place] - taken)

    def _come(self, flow: Flow) -> None:
        self.most_kg += ANY if flow.kg is None else flow.kg
        self.least_kg += flow.kg or NOTHING
        self.most[flow.to_place] += ANY if flow.kg is None else flow.kg
        self.least[flow.to_place] += flow.kg or NOTHING

    def _count(self, kg: Decimal | None) -> None:
        places = [place for place, most in self.most.items() if most > 0] or [None]
        if kg is None:  # counted in a unit of its own
            self.least_kg, self.most_kg = NOTHING, ANY
            self.least.update(dict.fromkeys(places, NOTHING))
            self.most.update(dict.fromkeys(places, ANY))
            return
        more, fewer = max(NOTHING, kg - self.least_kg), max(NOTHING, self.most_kg - kg)
        self.least_kg = self.most_kg = kg
        for place in places:
            self.most[place] += more
            self.least[place] = max(NOTHING, self.least[place] - fewer)

    def _bound(self) -> None:
        """Let no place hold more than all less what is elsewhere, nor less than is nowhere else."""
        self.most_kg = max(NOTHING, self.most_kg)
        self.least_kg = min(self.least_kg, self.most_kg)
        held = sum(self.least.values(), NOTHING)
        for place in list(self.most):
            room = max(NOTHING, self.most_kg - held + self.least[place])
            self.most[place] = min(self.most[place], room)
        for place in list(self.most):
            elsewhere = sum((kg for one, kg in self.most.items() if one != place), NOTHING)
            surely = self.least_kg - elsewhere if elsewhere < ANY else NOTHING
            self.least[place] = min(self.most[place], max(self.least[place], surely))


def stand_after(weight_kg: Decimal | None, flows: Iterable[Flow]) -> Stand:
    """Return what a lot has where after what happened to it, in order."""
    stand = Stand.of(weight_kg)
    for flow in flows:
        stand.follow(flow)
    return stand
