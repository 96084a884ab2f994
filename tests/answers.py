"""Independent answers, by other means than the code under test: enumeration with fractions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import networkx as nx

Link = tuple[Any, ...]  # parent, child, kilograms; and maybe an amount and its unit
Input = tuple[int, Fraction | None]


def closure(links: Sequence[Link]) -> dict[tuple[int, int], tuple[int, Fraction | None]]:
    """Return steps and share of every pair of an acyclic genealogy.

    The share is computed as the domain defines it, by recursion from the descendant, exactly.
    """
    graph = nx.DiGraph()
    into: dict[int, list[Input]] = defaultdict(list)
    for parent, child, kilograms in weighed(links):
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


def weighed(links: Sequence[Link]) -> list[Link]:
    """Give each link what it counts for its child, by the domain's rule for unknown kilograms.

    A link is (parent, child, kilograms), or that with an amount and its unit behind.
    """
    into: dict[int, list[Any]] = defaultdict(list)
    for link in links:
        into[link[1]].append(link)
    counts = {}
    for child, inputs in into.items():
        units = {link[4] if len(link) > 3 else None for link in inputs}
        if all(link[2] is not None for link in inputs):
            counts[child] = lambda link: link[2]
        elif len({link[0] for link in inputs}) == 1:
            counts[child] = lambda _link: Decimal(1)
        elif None not in units and len(units) == 1:
            counts[child] = lambda link: link[3]
        else:
            counts[child] = lambda _link: None
    return [(link[0], link[1], counts[link[1]](link)) for link in links]


def share_of_any(links: Sequence[Link], asked: Collection[int], lot: int) -> Fraction | None:
    """Return which part of a lot came from any of some lots: each way in is followed back.

    A way ends at the first lot asked about on it, which is suspect as a whole.
    """
    if lot in asked:
        return Fraction(1)
    into = [link for link in weighed(links) if link[1] == lot]
    parts = [share_of_any(links, asked, parent) for parent, _lot, _kg in into]
    if not any(part is None or part for part in parts):
        return Fraction(0)
    total, carried = Fraction(0), Fraction(0)
    for (_parent, _lot, kilograms), part in zip(into, parts, strict=True):
        if kilograms is None or part is None:
            return None
        total += Fraction(kilograms)
        carried += Fraction(kilograms) * part
    return carried / total if total else None


def _share(
    ancestor: int,
    lot: int,
    inputs: Sequence[Input],
    shares: Mapping[int, Fraction | None],
    steps: Mapping[int, int],
) -> Fraction | None:
    if lot == ancestor:
        return Fraction(1)
    if lot not in steps:
        return Fraction(0)
    total, carried = Fraction(0), Fraction(0)
    for parent, kilograms in inputs:
        share = shares[parent]
        if kilograms is None or share is None:
            return None
        total += kilograms
        carried += kilograms * share
    return carried / total if total else None
