"""Find the links of an import that would make a lot its own ancestor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
Pair = tuple[Any, Any]


@dataclass(frozen=True)
class Anew:
    """What of the record an import says anew, so that it closes no cycle with the import's own.

    Attributes:
        keys: Source's keys of links.
        productions: Ids of productions.
        links: Ids of links.
        sets_aside: Only what closes a cycle is refused, in the order of the file; else all of it.
    """

    keys: Sequence[str] = ()
    productions: Sequence[int] = ()
    links: Sequence[int] = ()
    sets_aside: bool = False


def cycles(
    transaction: Transaction, files: Mapping[str, Rows], known: Known, anew: Anew
) -> Iterator[Rejection]:
    """Find the links that make a lot its own ancestor, together with the record's links.

    Links are a file's own, and those that follow from its new productions.
    """
    links = list(_links(files, known))
    pairs = [(parent, child) for *_, parent, child in links]
    held = _held(transaction, pairs, known["lots"], anew)
    circle = _lots_in_cycles(pairs, held)
    closing = _closing(pairs, held, circle) if anew.sets_aside else None
    for at, (stem, line, column, parent, child) in enumerate(links):
        if parent is not None and parent == child:
            yield rejected_cell(stem, line, column, parent, "can't be its own parent.")
        elif parent in circle and child in circle[parent] and (closing is None or at in closing):
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


def _held(
    transaction: Transaction, pairs: Sequence[Pair], known: Mapping[str, Row], anew: Anew
) -> list[Pair]:
    """Return the record's links below the import's children, but for those it says anew."""
    grown = [known[child]["id"] for child in {child for _, child in pairs} if child in known]
    if not grown:
        return []
    keys, productions, links = set(anew.keys), set(anew.productions), set(anew.links)
    return [
        (link["parent_lot_code"], link["child_lot_code"])
        for link in transaction.all("links_below", lot_ids=grown)
        if link["source_key"] not in keys
        and link["production_id"] not in productions
        and link["link_id"] not in links
    ]


def _lots_in_cycles(pairs: Sequence[Pair], held: Sequence[Pair]) -> dict[str, set[str]]:
    """Find each lot that is its own ancestor, with all lots of its cycle."""
    graph = networkx.DiGraph(filter(_is_link, pairs))
    graph.add_edges_from(held)
    circle = {}
    for lots in networkx.strongly_connected_components(graph):
        if len(lots) > 1:
            circle |= dict.fromkeys(lots, lots)
    return circle


def _closing(
    pairs: Sequence[Pair], held: Sequence[Pair], circle: Mapping[str, set[str]]
) -> set[int]:
    """Find the places of the links that close a cycle with those before them."""
    graph = networkx.DiGraph(pair for pair in held if {*pair} <= {*circle})
    closing = set()
    for at, (parent, child) in enumerate(pairs):
        if not _is_link((parent, child)) or child not in circle.get(parent, ()):
            continue
        if child in graph and parent in graph and networkx.has_path(graph, child, parent):
            closing.add(at)
        else:
            graph.add_edge(parent, child)
    return closing


def _is_link(pair: Pair) -> bool:
    parent, child = pair
    return parent != child and None not in pair
