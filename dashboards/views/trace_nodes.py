"""What a drawing of a trace shows: nodes in columns by stage, origins first, and their links.

Which lots share a node is for `dashboards.views.trace_folding` to say, where a node stands for
`dashboards.views.trace_places`, how it looks for `dashboards.views.trace_option`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np

from dashboards.views.trace_folding import Node, nodes_of
from dashboards.views.trace_places import heights_of, stages_of
from sql.amounts import Amount, Sureness
from sql.genealogy.stage_sums import stage_quantities, stage_sums
from sql.genealogy.trace import Trace


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
    """Choose what to draw of a trace: at most MOST_DRAWN nodes, whatever its size.

    Args:
        found: The trace.
        zone: Lots fold by their day there.
        unfolded: Stages to draw lot by lot as far as there is room; others fold first.
    """
    lots = list({lot["lot_id"]: lot for lot in found.lots}.values())
    stage_of, order = stages_of(lots)
    nodes = nodes_of(lots, stage_of, zone, unfolded)
    place = {lot["lot_id"]: at for at, node in enumerate(nodes) for lot in node.lots}
    sums = stage_sums(lots, found.links, lambda lot: place[lot["lot_id"]])
    counted = stage_quantities(lots, found.links, lambda lot: place[lot["lot_id"]])
    nodes = [
        replace(node, suspect=sums[at][1], suspect_in_units=_suspect_of(counted.get(at, {})))
        for at, node in enumerate(nodes)
    ]
    links = _links(found, place)
    present = {node.stage for node in nodes}
    stages = [stage for stage in order if stage in present]
    columns = np.array([stages.index(node.stage) for node in nodes])
    heights = heights_of(columns, links)
    folded = [stage for stage in stages if any(n.is_folded for n in nodes if n.stage == stage)]
    return Drawing(nodes, columns, heights, links, stages, len(lots), folded)


def _suspect_of(counted: Mapping[str, tuple[Amount, Amount]]) -> dict[str, Amount]:
    """Return what of a node is suspect in each unit in which anything of that is known."""
    suspect = {unit: known for unit, (_whole, known) in counted.items()}
    return {n: known for n, known in suspect.items() if known.sureness is not Sureness.UNKNOWN}


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
