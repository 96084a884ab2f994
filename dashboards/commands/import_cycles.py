"""Find the links of an import that would make a lot its own ancestor."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import networkx

from dashboards.commands.import_files import (
    Rejection,
    Rows,
    rejected_cell,
)
from sql.record.transactions import Row, Transaction

SHOWN_LOTS = 5


def cycles(transaction: Transaction, links: Rows, known: Mapping[str, Row]) -> Iterator[Rejection]:
    """Find the links that make a lot its own ancestor, together with the record's links."""
    column = "parent_lot_code"
    pairs = list(zip(links.columns[column], links.columns["child_lot_code"], strict=True))
    circle = _lots_in_cycles(transaction, pairs, known)
    for line, (parent, child) in zip(links.lines, pairs, strict=True):
        if parent is not None and parent == child:
            yield rejected_cell("genealogy", line, column, parent, "can't be its own parent.")
        elif parent in circle and child in circle[parent]:
            lots = sorted(circle[parent])
            more = f" and {len(lots) - SHOWN_LOTS} more" if len(lots) > SHOWN_LOTS else ""
            yield rejected_cell(
                "genealogy",
                line,
                column,
                parent,
                f"was itself made from {child}: a cycle through "
                f"{', '.join(lots[:SHOWN_LOTS])}{more}. For rework, register a new lot.",
            )


def _lots_in_cycles(
    transaction: Transaction, pairs: Sequence[tuple[Any, Any]], known: Mapping[str, Row]
) -> dict[str, set[str]]:
    """Find each lot that is its own ancestor, with all lots of its cycle."""
    graph = networkx.DiGraph(
        (parent, child)
        for parent, child in pairs
        if parent != child and None not in (parent, child)
    )
    grown = [known[child]["id"] for child in {child for _, child in pairs} if child in known]
    if grown:
        graph.add_edges_from(
            (link["parent_lot_code"], link["child_lot_code"])
            for link in transaction.all("links_below", lot_ids=grown)
        )
    circle = {}
    for lots in networkx.strongly_connected_components(graph):
        if len(lots) > 1:
            circle |= dict.fromkeys(lots, lots)
    return circle
