"""Independent answers, by other means than the code under test: enumeration with fractions."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import networkx as nx

Link = tuple[int, int, Decimal | None]


def closure(links: list[Link]) -> dict[tuple[int, int], tuple[int, Fraction | None]]:
    """Give steps and share of every pair of an acyclic genealogy.

    The share is computed as the domain defines it, by recursion from the descendant, exactly.
    """
    graph = nx.DiGraph()
    into = defaultdict(list)
    for parent, child, kilograms in links:
        graph.add_edge(parent, child)
        into[child].append((parent, None if kilograms is None else Fraction(kilograms)))
    pairs = {}
    for ancestor in graph:
        steps = nx.single_source_shortest_path_length(graph, ancestor)
        shares: dict[int, Fraction | None] = {}
        for lot in nx.topological_sort(graph):
            shares[lot] = _share(ancestor, lot, into[lot], shares, steps)
        pairs |= {
            (ancestor, lot): (count, shares[lot]) for lot, count in steps.items() if lot != ancestor
        }
    return pairs


def _share(ancestor, lot, inputs, shares, steps):
    if lot == ancestor:
        return Fraction(1)
    if lot not in steps:
        return Fraction(0)
    if any(kilograms is None for _parent, kilograms in inputs):
        return None
    total = sum(kilograms for _parent, kilograms in inputs)
    if total == 0 or any(shares[parent] is None for parent, _kilograms in inputs):
        return None
    return sum(kilograms * shares[parent] for parent, kilograms in inputs) / total
