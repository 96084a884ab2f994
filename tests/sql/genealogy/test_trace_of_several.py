"""A trace of several lots is one answer: the union of their traces, every kilogram once."""

import os
from decimal import Decimal as D
from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sql.genealogy.gaps import GapKind, NotTaken
from sql.genealogy.trace import Trace, trace
from sql.vocabulary import Direction
from tests import answers
from tests.presence import present
from tests.sql.genealogy.test_trace import LOTS, Plant, links_drawn

EXAMPLES = int(os.environ.get("LOTLINE_TEST_EXAMPLES", "60"))


def traced(plant: Plant, lots, direction=Direction.BOTH, **more) -> Trace:
    codes = [f"L{lot}" for lot in lots]
    return present(trace(plant.transaction, codes, direction, **more))


def of(found: Trace, direction: str) -> dict[int, dict]:
    return {row["lot_id"]: row for row in found.lots if row["direction"] == direction}


def numbers(codes) -> set[int]:
    return {int(code[1:]) for code in codes}


@settings(max_examples=EXAMPLES)
@given(links=links_drawn, asked=st.lists(st.integers(1, LOTS), min_size=2, max_size=5, unique=True))
def test_the_trace_of_several_lots_is_the_union_of_their_traces(owner, links, asked) -> None:
    """Suspects in one another's ancestry, diamonds, repeats and unknown quantities."""
    graph = nx.DiGraph([link[:2] for link in links])
    graph.add_nodes_from(range(1, LOTS + 1))
    with Plant(owner) as plant:
        plant.lots(range(1, LOTS + 1), {n: D(10) for n in range(1, LOTS + 1)})
        plant.links(links)
        plant.ship({n: D(n) for n in range(1, LOTS + 1)})
        whole = traced(plant, asked)
        alone = [traced(plant, [lot]) for lot in asked]
    assert [row["lot_id"] for row in whole.asked] == asked
    assert list(of(whole, "self")) == asked
    for way, reached in (("forward", nx.descendants), ("back", nx.ancestors)):
        rows = of(whole, way)
        assert set(rows) == set().union(*(of(one, way) for one in alone)) - set(asked)
        for lot, row in rows.items():
            single = [of(one, way)[lot] for one in alone if lot in of(one, way)]
            assert row["steps"] == min(one["steps"] for one in single)
            assert numbers(row["suspects"]) == {s for s in asked if lot in reached(graph, s)}
    for lot, row in {**of(whole, "self"), **of(whole, "forward")}.items():
        expected = answers.share_of_any(links, asked, lot)
        close = None if expected is None else pytest.approx(float(expected), abs=1e-12)
        assert row["share"] == close, lot
    for lot, row in of(whole, "self").items():
        came = {s for s in asked if lot in nx.descendants(graph, s)}
        assert numbers(row["suspects"]) == {lot} | came
    once = {row["shipment_code"] for one in alone for row in one.shipments}
    assert sorted(row["shipment_code"] for row in whole.shipments) == sorted(once)
    links_of = {link["link_id"] for one in alone for link in one.links}
    assert [link["link_id"] for link in whole.links] == sorted(links_of)


def test_a_kilogram_of_two_suspects_counts_once(owner) -> None:
    """40 kg of each of two suspects and 20 kg of a sound lot: 80 of 100, and 60 of 75 shipped."""
    with Plant(owner) as plant:
        plant.lots([1, 2, 3, 4], {1: D(50), 2: D(40), 3: D(20), 4: D(100)})
        plant.links([(1, 4, D(40)), (2, 4, D(40)), (3, 4, D(20))])
        plant.ship({1: D(10), 4: D(75)})
        found = traced(plant, [1, 2])
    made = of(found, "forward")[4]
    assert made["share"] == pytest.approx(0.8)
    names = ("suspect_kg", "suspect_shipped_kg", "suspect_on_hand_kg")
    assert [made[name] for name in names] == [D(80), D(60), D(20)]
    assert made["suspects"] == ("L1", "L2")
    assert [(row["lot_code"], row["quantity_kg"], row["suspects"]) for row in found.shipments] == [
        ("L1", D(10), ("L1",)),
        ("L4", D(75), ("L1", "L2")),
    ]


def test_a_suspect_made_from_another_is_suspect_as_a_whole_and_counts_once(owner) -> None:
    """10 kg of the first in 40 kg of the second, of which 20 kg went into 40 kg of a product."""
    with Plant(owner) as plant:
        plant.lots(range(1, 6), {1: D(10), 2: D(30), 3: D(40), 4: D(40), 5: D(20)})
        plant.links([(1, 3, D(10)), (2, 3, D(30)), (3, 4, D(20)), (5, 4, D(20))])
        found = traced(plant, [1, 3])
    rows = {row["lot_id"]: row for row in found.lots}
    shares = {lot: row["share"] for lot, row in rows.items()}
    assert shares == pytest.approx({1: 1, 3: 1, 4: 0.5, 2: 0.6})
    assert sum(row["suspect_on_hand_kg"] for lot, row in rows.items() if lot != 2) == D(40)
    assert rows[3]["suspects"] == ("L1", "L3")
    # Of 50 kg asked about, 30 came from lot 2.
    assert rows[2]["suspect_kg"] == D(30)


def test_back_from_several_lots_their_weights_count(owner) -> None:
    """All of 10 kg, and half of 30 kg: 25 of 40 kg."""
    with Plant(owner) as plant:
        plant.lots([1, 2, 3, 4], {1: D(100), 2: D(100), 3: D(10), 4: D(30)})
        plant.links([(1, 3, D(10)), (1, 4, D(15)), (2, 4, D(15))])
        found = of(traced(plant, [3, 4], Direction.BACK), "back")
        plant.driver.execute("update facts.lots set weight_kg = null where lot_id = 3")
        unknown = of(traced(plant, [3, 4], Direction.BACK), "back")
    assert (found[1]["share"], found[1]["suspect_kg"]) == (pytest.approx(0.625), D(25))
    assert found[2]["suspect_kg"] == D(15)
    assert found[2]["suspects"] == ("L4",)
    assert [unknown[lot]["share"] for lot in (1, 2)] == [None, None]


def test_suspects_on_one_circle_are_said_to_be(owner) -> None:
    with Plant(owner) as plant:
        plant.lots([1, 2])
        plant.links([(1, 2, D(1)), (2, 1, D(1))])
        found = traced(plant, [1, 2])
    assert (GapKind.CIRCLE, ("L1", "L2")) in [(g.kind, g.lot_codes) for g in found.verdict.gaps]


def test_a_code_that_no_lot_carries_is_named_and_so_is_what_was_not_taken(owner) -> None:
    with Plant(owner) as plant:
        plant.lots([1, 2], {1: D(1), 2: D(1)})
        found = traced(plant, [1, 7], not_taken=NotTaken(("L2",), 3))
        assert trace(plant.transaction, ["L7", "L8"], Direction.BOTH) is None
    gaps = {gap.kind: (gap.lot_codes, gap.unlisted_count) for gap in found.verdict.gaps}
    assert gaps[GapKind.NOT_FOUND] == (("L7",), 0)
    assert gaps[GapKind.NOT_TAKEN] == (("L2",), 3)


def test_the_compiled_walk_of_several_answers_as_the_plain_one(owner, monkeypatch) -> None:
    links = [(1, 3, D(1)), (2, 3, D(3)), (3, 2, D(1)), (2, 4, D(1)), (5, 4, D(1)), (1, 4, D(2))]
    with Plant(owner) as plant:
        plant.lots(range(1, 6))
        plant.links([link for link in links if link != (3, 2, D(1))])
        plain = traced(plant, [1, 2])
        monkeypatch.setattr("sql.genealogy.trace_walk.COMPILED_FROM_LINKS", 1)
        assert traced(plant, [1, 2]).lots == plain.lots
    assert of(plain, "forward")[4]["share"] == float(Fraction(3, 4))
