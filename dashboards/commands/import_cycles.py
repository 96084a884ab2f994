"""Find the links of an import that would make a lot its own ancestor."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import networkx

from dashboards.commands.import_files import (
    Known,
    Rejection,
    Rows,
    rejected_cell,
)
from dashboards.commands.import_productions import pairs_of
from sql.record.transactions import Row, Transaction

SHOWN_LOTS = 5


def cycles(
    transaction: Transaction, files: Mapping[str, Rows], known: Known
) -> Iterator[Rejection]:
    """Find the links that make a lot its own ancestor, together with the record's links.

    Links are a file's own, and those that follow from its new productions.
    """
    links = list(_links(files, known))
    circle = _lots_in_cycles(
        transaction, [(parent, child) for *_, parent, child in links], known["lots"]
    )
    for stem, line, column, parent, child in links:
        if parent is not None and parent == child:
            yield rejected_cell(stem, line, column, parent, "can't be its own parent.")
        elif parent in circle and child in circle[parent]:
            lots = sorted(circle[parent])
            more = f" and {len(lots) - SHOWN_LOTS} more" if len(lots) > SHOWN_LOTS else ""
            yield rejected_cell(
                stem,
                line,
                column,
                parent,
                f"was itself made from {child}: a cycle through "
                f"{', '.join(lots[:SHOWN_LOTS])}{more}. For rework, register a new lot.",
            )


def _links(files: Mapping[str, Rows], known: Known) -> Iterator[tuple[str, int, str, Any, Any]]:
    """Yield each link with its file, line and the column of the parent."""
    if "genealogy" in files:
        rows = files["genealogy"]
        ends = (rows.columns["parent_lot_code"], rows.columns["child_lot_code"])
        for line, parent, child in zip(rows.lines, *ends, strict=True):
            yield "genealogy", line, "parent_lot_code", parent, child
    for line, parent, child in pairs_of(files, known):
        yield "production_inputs", line, "lot_code", parent, child


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
