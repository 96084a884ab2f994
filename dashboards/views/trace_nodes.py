"""What a drawing of a trace shows: a node a lot, or a node a group where lots are too many.

Stages are columns, origins first. Where each node stands in its column is chosen so that few links
cross. Numbers only; how it looks is `dashboards.views.trace_graph`'s.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from dashboards.words import NO_TYPE, STAGES
from sql.genealogy.trace import Trace

MOST_DRAWN = 2_000
SWEEPS = 6
MOST_COLUMNS = 12
LEAST_ROOM = 32  # nodes kept for each stage that waits to be drawn or folded

Lot = Mapping[str, Any]


@dataclass(frozen=True)
class Node:
    """One lot, or lots of one stage folded together.

    Attributes:
        stage: The lots' type, or NO_TYPE; steps where no lot of the trace has a type.
        lots: The lots in it.
        product_code: What they are; None: not said.
        disposition: Theirs.
        day: When they were made, in the site's zone, ISO 8601; empty where it doesn't part them.
    """

    stage: str
    lots: list[Lot]
    product_code: str | None
    disposition: str
    day: str = ""

    @property
    def is_folded(self) -> bool:
        """Tell whether several lots stand in one node."""
        return len(self.lots) > 1

    @property
    def suspect_kg(self) -> Decimal | None:
        """Give their suspect kilograms together; None: unknown for any."""
        return _total(lot["suspect_kg"] for lot in self.lots)


@dataclass(frozen=True)
class Drawing:
    """Nodes with their places, and links between them.

    Attributes:
        nodes: What to draw.
        columns: Of each node, which column it stands in, from 0; empty columns are left out.
        heights: Of each node, its place in the column: above 0 and below 1.
        links: (from node, to node, kilograms together or None) of links between two nodes.
        stages: The stage of each column.
        lots_count: How many lots there are in all.
    """

    nodes: list[Node]
    columns: np.ndarray
    heights: np.ndarray
    links: list[tuple[int, int, Decimal | None]]
    stages: list[str]
    lots_count: int
    folded_stages: list[str] = field(default_factory=list)


def drawing_of(found: Trace, zone: ZoneInfo, unfolded: Collection[str] = ()) -> Drawing:
    """Give what to draw of a trace: at most MOST_DRAWN nodes, whatever its size.

    Args:
        found: The trace.
        zone: Lots fold by their day there.
        unfolded: Stages to draw lot by lot as far as there is room; others fold first.
    """
    lots = list({lot["lot_id"]: lot for lot in found.lots}.values())
    stage_of, order = _stages(lots)
    nodes = _nodes(lots, stage_of, zone, unfolded)
    place = {lot["lot_id"]: at for at, node in enumerate(nodes) for lot in node.lots}
    links = _links(found, place)
    present = {node.stage for node in nodes}
    stages = [stage for stage in order if stage in present]
    columns = np.array([stages.index(node.stage) for node in nodes])
    heights = _heights(columns, links)
    folded = [stage for stage in stages if any(n.is_folded for n in nodes if n.stage == stage)]
    return Drawing(nodes, columns, heights, links, stages, len(lots), folded)


def _stages(lots: Sequence[Lot]) -> tuple[Callable[[Lot], str], list[str]]:
    """Say which stage a lot stands in, and their order: by type; where none has one, by steps.

    Steps of a long chain share columns, so that at most MOST_COLUMNS stand each side.
    """
    if any(lot["lot_type"] for lot in lots):
        return lambda lot: lot["lot_type"] or NO_TYPE, STAGES
    deepest = max(lot["steps"] for lot in lots)
    wide = max(1, math.ceil(deepest / MOST_COLUMNS))

    def by_steps(lot: Lot) -> str:
        if lot["direction"] == "self":
            return "this lot"
        sign = "−" if lot["direction"] == "back" else "+"
        first = (lot["steps"] - 1) // wide * wide + 1
        return f"{sign}{first}" if wide == 1 else f"{sign}{first}…{first + wide - 1}"

    firsts = [
        {"steps": first, "direction": way}
        for way in ("back", "forward")
        for first in range(1, deepest + 1, wide)
    ]
    names = [by_steps(lot) for lot in firsts]
    half = len(names) // 2
    return by_steps, [*reversed(names[:half]), "this lot", *names[half:]]


def _nodes(
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


def _folded(stage: str, lots: Sequence[Lot], zone: ZoneInfo | None) -> list[Node]:
    """Fold lots of one stage by product and state, and by day where a zone is given."""
    groups = defaultdict(list)
    for lot in lots:
        is_asked = lot["direction"] == "self"
        day = f"{lot['happened_at'].astimezone(zone):%Y-%m-%d}" if zone else ""
        groups[is_asked, day, lot["product_code"] or "", lot["disposition"]].append(lot)
    return [
        Node(stage, members, product or None, disposition, day)
        for (_asked, day, product, disposition), members in sorted(groups.items())
    ]


def _links(found: Trace, place: Mapping[int, int]) -> list[tuple[int, int, Decimal | None]]:
    """Add up the links between each two nodes; those within a folded node are left out."""
    kilograms: dict[tuple[int, int], Decimal | None] = {}
    for link in found.links:
        ends = place[link["parent_lot_id"]], place[link["child_lot_id"]]
        if ends[0] != ends[1]:
            more = link["quantity_kg"]
            so_far = kilograms.get(ends, Decimal(0))
            kilograms[ends] = None if so_far is None or more is None else so_far + more
    return [(*ends, kg) for ends, kg in kilograms.items()]


def _heights(columns: np.ndarray, links: Sequence[tuple[int, int, Any]]) -> np.ndarray:
    """Order each column by the mean place of its neighbours, forth and back a few times.

    The barycentre heuristic of Sugiyama, Tagawa and Toda (1981); linear in links a sweep.
    """
    heights = np.empty(len(columns))
    for column in np.unique(columns):
        members = np.flatnonzero(columns == column)
        heights[members] = (np.arange(len(members)) + 0.5) / len(members)
    if not links:
        return heights
    sources, targets = np.array([link[:2] for link in links]).T
    for sweep in range(SWEEPS):
        here, there = (targets, sources) if sweep % 2 == 0 else (sources, targets)
        for column in np.unique(columns)[:: 1 if sweep % 2 == 0 else -1]:
            members = np.flatnonzero(columns == column)
            near = columns[here] == column
            count = np.bincount(here[near], minlength=len(columns))[members]
            total = np.bincount(here[near], heights[there[near]], len(columns))[members]
            wanted = np.where(count > 0, total / np.maximum(count, 1), heights[members])
            ordered = members[np.argsort(wanted, kind="stable")]
            heights[ordered] = (np.arange(len(members)) + 0.5) / len(members)
    return heights


def _total(values) -> Decimal | None:
    """Add up; None where any is unknown."""
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total
