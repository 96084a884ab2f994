"""Which lots of a trace share a node: each has its own, until there are too many to draw."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sql.amounts import Amount
from sql.genealogy.stage_sums import UNKNOWN
from sql.stretches import spelled_in

MOST_DRAWN = 2_000
LEAST_ROOM = 32  # nodes kept for each stage that waits to be drawn or folded

Lot = Mapping[str, Any]


@dataclass(frozen=True)
class Node:
    """One lot, or lots of one stage folded together.

    Attributes:
        stage: The lots' type, or NO_TYPE; steps where no lot of the trace has a type.
        lots: The lots in it.
        product_code: What they are; None: not said.
        disposition: The disposition of all of them.
        day: When they were made, in the site's zone, ISO 8601; empty for lots of several days.
        suspect: What of them is suspect, each kilogram once.
        suspect_in_units: The same of those kept in a unit, by their units.
    """

    stage: str
    lots: list[Lot]
    product_code: str | None
    disposition: str
    day: str = ""
    suspect: Amount = UNKNOWN
    suspect_in_units: Mapping[str, Amount] = field(default_factory=dict)

    @property
    def is_folded(self) -> bool:
        """Tell whether several lots stand in one node."""
        return len(self.lots) > 1


def nodes_of(
    lots: Sequence[Lot],
    stage_of: Callable[[Lot], str],
    zone: ZoneInfo,
    unfolded: Collection[str],
) -> list[Node]:
    """Draw lot by lot the stages that were asked for, then the smallest; fold what is left."""
    by_stage = defaultdict(list)
    for lot in lots:
        by_stage[stage_of(lot)].append(lot)
    order = sorted(by_stage, key=lambda stage: (stage not in unfolded, len(by_stage[stage])))
    nodes: list[Node] = []
    for at, stage in enumerate(order):
        waiting = len(order) - at - 1
        room = MOST_DRAWN - len(nodes) - waiting * LEAST_ROOM
        made = by_stage[stage]
        if len(made) <= room:
            nodes += [Node(stage, [lot], lot["product_code"], lot["disposition"]) for lot in made]
        else:
            by_day = _folded(stage, made, zone)
            whole = _folded(stage, made, None)
            nodes += by_day if len(by_day) <= room // 2 else whole
    return nodes


def _day_of(lot: Lot, zone: ZoneInfo) -> str:
    """Say on which day a lot was made, or in which month where no more is known."""
    said = spelled_in(lot, "happened_at", zone)
    return said or f"{lot['happened_at'].astimezone(zone):%Y-%m-%d}"


def _folded(stage: str, lots: Sequence[Lot], zone: ZoneInfo | None) -> list[Node]:
    """Fold lots of one stage by product and state, and by day where a zone is given."""
    groups = defaultdict(list)
    for lot in lots:
        is_asked = lot["direction"] == "self"
        day = _day_of(lot, zone) if zone else ""
        groups[is_asked, day, lot["product_code"] or "", lot["disposition"]].append(lot)
    return [
        Node(stage, members, product or None, disposition, day)
        for (_asked, day, product, disposition), members in sorted(groups.items())
    ]
