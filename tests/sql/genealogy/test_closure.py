"""The closure: every ancestor of every lot, its distance and share; exact against brute force."""

import os
from collections import Counter
from decimal import Decimal as D
from pathlib import Path

import networkx as nx
import polars as pl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from sql.warehouse.breaches import breaches
from sql.warehouse.rules import rules_of
from sql.warehouse.working_file import Warehouse
from tests import answers, plants

EXAMPLES = int(os.environ.get("LOTLINE_TEST_EXAMPLES", "60"))
MODELS = ("genealogy.ancestries", "genealogy.closure")


def closure(warehouse: Warehouse, links, lots: int = 0) -> dict:
    """Build the closure of links and return (steps, share) by pair."""
    plants.genealogy(warehouse, links, lots)
    plants.build(warehouse, *MODELS)
    rows = warehouse.rows("genealogy.closure").rows()
    assert len(rows) == len({row[:2] for row in rows})
    return {(ancestor, lot): (steps, share) for ancestor, lot, steps, share in rows}


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        pytest.param([], {}, id="no link, no ancestry"),
        pytest.param([(1, 2, D(5))], {(1, 2): (1, 1.0)}, id="an only parent is the whole"),
        pytest.param(
            [(1, 3, D(500)), (2, 3, D(40)), (3, 4, D(530))],
            {
                (1, 3): (1, 500 / 540),
                (2, 3): (1, 40 / 540),
                (3, 4): (1, 1.0),
                (1, 4): (2, 500 / 540),
                (2, 4): (2, 40 / 540),
            },
            id="the reference plant",
        ),
        pytest.param(
            [(1, 2, D(1)), (1, 2, D(1)), (3, 2, D(2))],
            {(1, 2): (1, 0.5), (3, 2): (1, 0.5)},
            id="two equal consumptions count twice",
        ),
        pytest.param(
            [(1, 2, D(1)), (2, 3, D(1)), (1, 3, D(3))],
            {(1, 2): (1, 1.0), (2, 3): (1, 0.25), (1, 3): (1, 1.0)},
            id="of two ways the shorter counts and both weigh",
        ),
        pytest.param(
            [(1, 2, None), (5, 2, D(1)), (2, 3, D(1)), (4, 3, D(1))],
            {
                (1, 2): (1, None),
                (5, 2): (1, None),
                (2, 3): (1, 0.5),
                (1, 3): (2, None),
                (5, 3): (2, None),
                (4, 3): (1, 0.5),
            },
            id="an unknown quantity makes the share unknown, never zero",
        ),
        pytest.param([(1, 2, D(0))], {(1, 2): (1, None)}, id="no input mass, no share"),
    ],
)
def test_a_drawn_genealogy(warehouse: Warehouse, links, expected) -> None:
    built = closure(warehouse, links)

    assert built.keys() == expected.keys()
    for pair, (steps, share) in expected.items():
        assert built[pair][0] == steps
        assert built[pair][1] == (None if share is None else pytest.approx(share, rel=1e-12))


@st.composite
def genealogies(draw) -> list:
    """Draw an acyclic genealogy with diamonds, repeats and unknown quantities."""
    size = draw(st.integers(2, 12))
    pair = st.tuples(st.integers(1, size), st.integers(1, size)).filter(lambda p: p[0] != p[1])
    quantity = st.one_of(st.none(), st.decimals("0.001", "900", places=3))
    drawn = draw(st.lists(st.tuples(pair, quantity), max_size=30))
    return [(min(p), max(p), q) for p, q in drawn]


@given(links=genealogies())
@hypothesis_settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_genealogy_equals_the_answer_by_definition(warehouse: Warehouse, links) -> None:
    built = closure(warehouse, links)
    expected = answers.closure(links)

    assert built.keys() == expected.keys()
    for pair, (steps, share) in expected.items():
        assert built[pair][0] == steps
        assert built[pair][1] == (None if share is None else pytest.approx(float(share), rel=1e-9))


def test_a_chain_of_5000_lots_is_walked_to_its_end(warehouse: Warehouse) -> None:
    """Others stop at 1, 10 or 20 levels, in silence."""
    plants.genealogy(warehouse, [(n, n + 1, D(7)) for n in range(1, 5000)])
    plants.build(warehouse, *MODELS)

    pairs = warehouse.rows("genealogy.closure")
    assert pairs.height == 5000 * 4999 // 2
    assert (pairs["descendant_lot_id"] - pairs["ancestor_lot_id"] == pairs["steps"]).all()
    assert set(pairs["share"]) == {1.0}


def test_a_lattice_of_48_lots_has_each_pair_once(warehouse: Warehouse) -> None:
    """12 layers of 4, each lot in all of the next: 4^11 ways, 48 lots."""
    layers = [range(4 * n + 1, 4 * n + 5) for n in range(12)]
    built = closure(
        warehouse,
        [(p, c, D(3)) for a, b in zip(layers, layers[1:], strict=False) for p in a for c in b],
    )

    assert built == {
        (p, c): (m - n, 0.25)
        for n in range(12)
        for m in range(n + 1, 12)
        for p in layers[n]
        for c in layers[m]
    }


TWO_LINES = [(1, 2, D(1)), (2, 3, D(1)), (3, 4, D(1)), (11, 12, D(1))]


@pytest.mark.parametrize(
    ("budget", "left_out"),
    [
        pytest.param(7, set(), id="just enough"),
        pytest.param(6, {"L4"}, id="one pair short"),
        pytest.param(3, {"L3", "L4"}, id="a lot's descendants go with it"),
        pytest.param(0, {"L2", "L3", "L4", "L12"}, id="none at all"),
    ],
)
def test_beyond_the_budget_lots_are_left_out_whole_and_named(tmp_path, budget, left_out) -> None:
    """A list cut short would look like an answer."""
    warehouse = plants.empty_warehouse(
        tmp_path / "small.duckdb", "UTC", closure_pairs_budget=budget
    )
    built = closure(warehouse, TWO_LINES)
    rule = next(r for r in rules_of("genealogy.ancestries") if r.name.startswith("every_lot_with"))

    assert set(breaches(warehouse, rule)["lot_code"]) == left_out
    whole = {(1, 2), (2, 3), (1, 3), (3, 4), (2, 4), (1, 4), (11, 12)}
    assert built.keys() == {pair for pair in whole if f"L{pair[1]}" not in left_out}
    warehouse.close()


def test_circles_keep_within_the_budget_too(tmp_path) -> None:
    warehouse = plants.empty_warehouse(tmp_path / "small.duckdb", "UTC", closure_pairs_budget=5)

    assert len(closure(warehouse, [(1, 2, D(1)), (2, 1, D(1)), (2, 3, D(1)), (3, 4, D(1))])) == 4
    warehouse.close()


def test_a_circle_ends_the_walk_and_breaks_the_rule(warehouse: Warehouse) -> None:
    built = closure(warehouse, [(1, 2, D(1)), (2, 3, D(1)), (3, 1, D(1)), (3, 4, D(1))])
    rule = next(
        r for r in rules_of("genealogy.ancestries") if r.name == "no_lot_is_its_own_ancestor"
    )

    assert set(breaches(warehouse, rule)["lot_code"]) == {"L1", "L2", "L3"}
    assert {(1, 4), (2, 4), (3, 4)} <= built.keys()


def test_a_sound_genealogy_breaks_no_rule_of_the_closure(warehouse: Warehouse) -> None:
    closure(warehouse, [(1, 2, D(1)), (2, 3, D(1))])

    assert all(breaches(warehouse, rule).is_empty() for rule in rules_of("genealogy.ancestries"))


def test_the_gene_ontology_equals_its_published_closure(warehouse: Warehouse, shared: Path) -> None:
    edges = pl.read_csv(shared / "data/graphs/go_cc.edges.csv.gz")
    published = pl.read_csv(shared / "data/graphs/go_cc.published_closure.csv.gz")
    names = sorted({*edges["parent"], *edges["child"]})
    number = {name: n for n, name in enumerate(names, start=1)}
    links = [(number[p], number[c], None) for p, c, _relation in edges.rows()]

    built = closure(warehouse, links)

    ancestor, descendant = published.columns[:2]
    assert built.keys() == {
        (number[a], number[d]) for a, d in published.select(ancestor, descendant).rows()
    }
    assert len(built) == 49_633
    # Of a lot with one parent all came from it; of one with several nobody knows how much.
    assert {share for _steps, share in built.values()} == {None, 1.0}
    parents = Counter(child for _parent, child, _kg in set(links))
    direct = {(p, c) for p, c, _kg in links}
    assert all((built[p, c][1] == 1) == (parents[c] == 1) for p, c in direct)


def test_wordnet_equals_its_published_count_and_an_independent_walk(
    warehouse: Warehouse, shared: Path
) -> None:
    """Its makers count 778,320 pairs; each 2,000th lot is walked again by other means."""
    edges = pl.read_csv(shared / "data/graphs/wordnet30_hypernyms.edges.csv.gz")
    names = sorted({*edges["parent"], *edges["child"]})
    number = {name: n for n, name in enumerate(names, start=1)}
    links = sorted({(number[p], number[c]) for p, c in edges.select("parent", "child").rows()})

    built = closure(warehouse, [(p, c, None) for p, c in links])

    graph = nx.DiGraph(links)
    assert len(built) == 778_320
    for lot in list(graph)[::2000]:
        expected = nx.single_source_shortest_path_length(graph.reverse(copy=False), lot)
        found = {a: steps for (a, d), (steps, _share) in built.items() if d == lot}
        assert found == {a: steps for a, steps in expected.items() if a != lot}
