"""The live trace: equal to an answer by definition on any genealogy, at any moment, to the gram."""

import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sql.genealogy.grains import rounded_together
from sql.genealogy.trace import Trace, trace
from sql.genealogy.trace_walk import COMPILED_FROM_LINKS
from sql.record.engine import Record
from sql.record.pipelined_queries import SENT_AT_ONCE
from sql.vocabulary import Direction
from tests import answers
from tests.engines import undone
from tests.presence import present

EXAMPLES = int(os.environ.get("LOTLINE_TEST_EXAMPLES", "60"))
THEN = datetime(2026, 1, 15, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Plant:
    """One genealogy, written in a transaction that is undone."""

    def __init__(self, owner: Record) -> None:
        self._opened = undone(owner)
        self.transaction = self._opened.__enter__()
        self.driver = self.transaction.connection
        self.driver.execute("set local session_replication_role = replica")

    def __enter__(self) -> "Plant":
        return self

    def __exit__(self, *_error) -> None:
        self._opened.__exit__(None, None, None)

    def write(self, table: str, columns: str, rows) -> None:
        with self.driver.cursor().copy(
            f"copy facts.{table} ({columns}) from stdin".encode()
        ) as stream:
            for row in rows:
                stream.write_row(row)

    def lots(self, numbers, weights=None, at=None) -> None:
        self.write(
            "lots",
            "lot_id, lot_code, weight_kg, happened_at, recorded_at",
            [(n, f"L{n}", (weights or {}).get(n), THEN, (at or {}).get(n, THEN)) for n in numbers],
        )

    def links(self, links, at=None) -> None:
        self.write(
            "lot_genealogy",
            "link_id, parent_lot_id, child_lot_id, quantity_kg, happened_at, recorded_at",
            [(i, p, c, q, THEN, (at or {}).get(i, THEN)) for i, (p, c, q) in enumerate(links, 1)],
        )

    def ship(self, kilograms: dict) -> None:
        self.driver.execute(
            "insert into facts.partners (partner_id, partner_code, name, role)"
            " overriding system value values (900, 'C', 'C', 'CUSTOMER')"
        )
        self.write(
            "shipments",
            "shipment_code, lot_id, customer_id, quantity_kg, happened_at, recorded_at",
            [(f"S{n}", n, 900, kg, THEN, THEN) for n, kg in kilograms.items()],
        )

    def void(self, link_ids, at=THEN) -> None:
        self.write(
            "link_voids",
            "link_id, reason, recorded_at",
            [(i, "Entered by mistake", at) for i in link_ids],
        )

    def trace(self, lot: int, direction=Direction.BOTH) -> Trace:
        return present(trace(self.transaction, f"L{lot}", direction))


def pairs_of(found) -> dict:
    """Return (steps, share) by (ancestor, descendant), of one trace."""
    asked = found.lot["lot_id"]
    return {
        (row["lot_id"], asked) if row["direction"] == "back" else (asked, row["lot_id"]): (
            row["steps"],
            row["share"],
        )
        for row in found.lots
        if row["direction"] != "self"
    }


def agrees(found: dict, expected: dict) -> None:
    assert {pair: steps for pair, (steps, _) in found.items()} == {
        pair: steps for pair, (steps, _) in expected.items()
    }
    for pair, (_steps, share) in expected.items():
        if share is None:
            assert found[pair][1] is None, pair
        else:
            assert found[pair][1] == pytest.approx(float(share), abs=1e-12), pair


LOTS = 9
quantities = st.one_of(st.none(), st.integers(1, 5_000).map(lambda g: D(g).scaleb(-3)))
links_drawn = st.lists(
    st.tuples(st.integers(1, LOTS), st.integers(1, LOTS), quantities)
    .filter(lambda link: link[0] != link[1])
    .map(lambda link: (min(link[:2]), max(link[:2]), link[2])),
    max_size=24,
)


@settings(max_examples=EXAMPLES)
@given(
    links=links_drawn,
    voided=st.sets(st.integers(1, 24)),
    late=st.sets(st.integers(1, 24)),
    asked=st.integers(1, LOTS),
)
def test_a_trace_equals_the_answer_by_definition_then_and_now(
    owner, links, voided, late, asked
) -> None:
    """Diamonds, repeats, rework, isolated lots, unknown quantities, late links and voids."""
    voided &= set(range(1, len(links) + 1))
    with Plant(owner) as plant:
        plant.lots(range(1, LOTS + 1))
        plant.links(links, at={i: THEN + 2 * HOUR for i in late})
        plant.void(voided, at=THEN + HOUR)
        for moment, known in (
            (THEN + HOUR / 2, [k for i, k in enumerate(links, 1) if i not in late]),
            (THEN + 3 * HOUR, [k for i, k in enumerate(links, 1) if i not in voided]),
        ):
            plant.transaction.run("ask_as_of", moment=moment.isoformat())
            expected = {
                pair: values for pair, values in answers.closure(known).items() if asked in pair
            }
            found = plant.trace(asked)
            agrees(pairs_of(found), expected)
            one_way = pairs_of(plant.trace(asked, Direction.BACK))
            one_way |= pairs_of(plant.trace(asked, Direction.FORWARD))
            assert one_way == pairs_of(found)
            behind = {a for a, d in expected if d == asked} | {asked}
            ahead = {d for a, d in expected if a == asked} | {asked}
            within = [k for k in known if set(k[:2]) <= behind or set(k[:2]) <= ahead]
            seen = [(k["parent_lot_id"], k["child_lot_id"], k["quantity_kg"]) for k in found.links]
            assert Counter(seen) == Counter(within)


@given(st.lists(st.floats(-1e7, 1e7), max_size=60))
def test_rounded_together_adds_up_and_moves_nothing_by_a_gram(exact) -> None:
    rounded = rounded_together(exact)
    assert all(abs(after - before) < 1.000001 for before, after in zip(exact, rounded, strict=True))
    assert abs(sum(rounded) - sum(map(Fraction, exact))) <= Fraction(501, 1000)


@st.composite
def lossless_plants(draw):
    """Draw a plant where no gram is lost: (weights, links, shipped) in grams; 1 and 2 received."""
    count = draw(st.integers(3, 10))
    weights = {n: draw(st.integers(1, 20_000)) if n <= 2 else 0 for n in range(1, count + 1)}
    links, shipped = [], {}
    for lot in range(1, count + 1):
        left = weights[lot]
        later = st.integers(max(lot + 1, 3), max(lot + 1, count))
        for child in draw(st.lists(later, max_size=4 if lot < count else 0)):
            if left == 0:
                break
            grams = draw(st.integers(1, left))
            links.append((lot, child, grams))
            weights[child] += grams
            left -= grams
        if grams := draw(st.integers(0, left)):
            shipped[lot] = grams
    return weights, links, shipped


@settings(max_examples=EXAMPLES)
@given(lossless_plants(), st.integers(1, 2))
def test_suspect_kilograms_add_up_to_what_was_drawn_to_the_gram(owner, drawn_plant, asked) -> None:
    weights, links, shipped = drawn_plant
    with Plant(owner) as plant:
        plant.lots(weights, {lot: D(grams).scaleb(-3) for lot, grams in weights.items()})
        plant.links([(p, c, D(grams).scaleb(-3)) for p, c, grams in links])
        plant.ship({lot: D(grams).scaleb(-3) for lot, grams in shipped.items()})
        found = plant.trace(asked, Direction.FORWARD)
    ahead = [row for row in found.lots if row["direction"] == "forward"]
    weighed = all(row["share"] is not None for row in ahead)
    drawn = sum(grams for p, _c, grams in links if p == asked)
    if weighed:
        resting = [row["suspect_on_hand_kg"] + row["suspect_shipped_kg"] for row in ahead]
        assert sum(resting, D(0)) == D(drawn).scaleb(-3)
    for row in ahead:
        if row["share"] is not None:
            exact = Fraction(row["share"]) * weights[row["lot_id"]]
            assert abs(Fraction(row["suspect_kg"]) * 1000 - exact) < Fraction(1001, 1000)
            if not any(p == row["lot_id"] and grams for p, _c, grams in links):
                assert row["suspect_kg"] == row["suspect_on_hand_kg"] + row["suspect_shipped_kg"]


def test_the_lots_of_a_stage_add_up_though_none_divides_evenly(owner) -> None:
    """1 kg into 7 lots and on into 7: 0.142857 kg in each, and 1 kg in each stage."""
    with Plant(owner) as plant:
        weights = {1: D(1), 2: D(6), **{n: D(1) for n in range(3, 17)}}
        plant.lots(weights, weights)
        plant.links(
            [
                (1, 3, D("0.1")),
                (2, 3, D("0.6")),
                *[(3, n, D("0.1")) for n in range(4, 11)],
                *[(n, n + 6, D("0.1")) for n in range(4, 11)],
            ]
        )
        rows = {row["lot_id"]: row for row in plant.trace(1, Direction.FORWARD).lots}
    middle = [rows[n]["suspect_kg"] for n in range(4, 10)]
    assert {D("0.142"), D("0.143")} == set(middle)
    assert sum(rows[n]["suspect_kg"] for n in range(3, 11)) == D("1.143")


def test_what_first_ingredients_make_of_a_lot_adds_up_to_its_weight(owner) -> None:
    with Plant(owner) as plant:
        plant.lots([1, 2, 3, 4], {n: D(10) for n in (1, 2, 3)} | {4: D(10)})
        plant.links([(n, 4, D(1)) for n in (1, 2, 3)])
        found = plant.trace(4, Direction.BACK)
    suspects = sorted(row["suspect_kg"] for row in found.lots if row["direction"] == "back")
    assert suspects == [D("3.333"), D("3.333"), D("3.334")]


def test_first_ingredients_add_up_whatever_stands_between(owner) -> None:
    """A third each of 10 kg, one of them by way of another lot: no gram goes to the one between."""
    with Plant(owner) as plant:
        plant.lots(range(1, 6), dict.fromkeys(range(1, 6), D(10)))
        plant.links([(2, 1, D(1)), (1, 5, D(1)), (3, 5, D(1)), (4, 5, D(1))])
        found = plant.trace(5, Direction.BACK)
    suspect = {row["lot_id"]: row["suspect_kg"] for row in found.lots}

    assert suspect[2] + suspect[3] + suspect[4] == D(10)
    assert suspect[1] == D("3.333")


@pytest.mark.parametrize(
    ("direction", "shipped"),
    [(Direction.BACK, ["L2"]), (Direction.FORWARD, ["L2", "L3"]), (Direction.BOTH, ["L2", "L3"])],
)
def test_what_was_shipped_of_an_ancestor_is_not_of_the_lot(owner, direction, shipped) -> None:
    with Plant(owner) as plant:
        plant.lots([1, 2, 3], dict.fromkeys((1, 2, 3), D(10)))
        plant.links([(1, 2, D(1)), (2, 3, D(1))])
        plant.ship({1: D(5), 2: D(4), 3: D(3)})
        found = plant.trace(2, direction)

    assert sorted(row["lot_code"] for row in found.shipments) == shipped


def test_a_trace_says_how_much_of_the_suspect_is_here_and_how_much_is_gone(owner) -> None:
    """10 kg went into a mix of 40; 20 of the mix were shipped, 8 went into a product."""
    with Plant(owner) as plant:
        plant.lots([1, 2, 3, 4], {1: D(25), 2: D(30), 3: D(40), 4: D(8)})
        plant.links([(1, 3, D(10)), (2, 3, D(30)), (3, 4, D(8))])
        plant.ship({3: D(20)})
        found = plant.trace(1, Direction.FORWARD)
    rows = {row["lot_code"]: row for row in found.lots}
    names = ("suspect_kg", "suspect_shipped_kg", "suspect_on_hand_kg", "shipped_kg", "on_hand_kg")
    assert [rows["L1"][n] for n in names] == [D(25), D(0), D(15), D(0), D(15)]
    assert [rows["L3"][n] for n in names] == [D(10), D(5), D(3), D(20), D(12)]
    assert [rows["L4"][n] for n in names] == [D(2), D(0), D(2), D(0), D(8)]
    assert [(row["lot_code"], row["quantity_kg"]) for row in found.shipments] == [("L3", D(20))]


def test_a_chain_of_5000_lots_is_traced_to_its_end(owner) -> None:
    with Plant(owner) as plant:
        plant.lots(range(5_001))
        plant.links([(n, n + 1, D(1)) for n in range(5_000)])
        plant.driver.execute("analyze facts.lot_genealogy")
        found = pairs_of(plant.trace(2_500))
    assert found == (
        {(n, 2_500): (2_500 - n, 1.0) for n in range(2_500)}
        | {(2_500, n): (n - 2_500, 1.0) for n in range(2_501, 5_001)}
    )


def test_a_lattice_of_48_lots_with_every_link_is_no_explosion(owner) -> None:
    links = [(p, c, D(p)) for p in range(1, 49) for c in range(p + 1, 49)]
    expected = {pair: values for pair, values in answers.closure(links).items() if pair[1] == 48}
    with Plant(owner) as plant:
        plant.lots(range(1, 49))
        plant.links(links)
        found = plant.trace(48, Direction.BACK)
    agrees(pairs_of(found), expected)
    assert len(found.links) == 48 * 47 // 2


@pytest.mark.parametrize("asked", [1, 2, 3, 4, 5])
def test_a_circle_ends_and_leaves_unknown_only_what_it_touches(owner, asked) -> None:
    """1 -> 2 -> 3 -> 2 and 3 -> 4, 5 -> 4: a circle that no face lets in, and history may hold."""
    links = [(1, 2, D(1)), (2, 3, D(1)), (3, 2, D(1)), (3, 4, D(1)), (5, 4, D(3))]
    graph = nx.DiGraph([link[:2] for link in links])
    with Plant(owner) as plant:
        plant.lots(range(1, 6))
        plant.links(links)
        found = plant.trace(asked)
    assert {row["lot_id"] for row in found.lots if row["direction"] == "forward"} == (
        nx.descendants(graph, asked)
    )
    assert {row["lot_id"] for row in found.lots if row["direction"] == "back"} == (
        nx.ancestors(graph, asked)
    )
    known = {pair for pair, (_steps, share) in pairs_of(found).items() if share is not None}
    assert known == ({(5, 4)} if asked in (4, 5) else known)
    assert asked == 5 or ("circle" in [gap.kind for gap in found.verdict.gaps])


def test_the_compiled_walk_answers_as_the_plain_one(owner) -> None:
    """A comb large enough to be compiled: a source in many middle lots, all in one last lot."""
    middle = COMPILED_FROM_LINKS // 2 + 1
    links = [(1, n + 2, D(1)) for n in range(middle)]
    links += [(n + 2, middle + 2, D(2)) for n in range(middle)]
    with Plant(owner) as plant:
        plant.lots(range(1, middle + 3))
        plant.links(links)
        found = pairs_of(plant.trace(1))
    assert found[1, middle + 2] == (2, pytest.approx(1.0))
    assert {found[1, n + 2] for n in range(middle)} == {(1, 1.0)}


def test_no_lot_no_answer(owner) -> None:
    with Plant(owner) as plant:
        assert trace(plant.transaction, "L1", Direction.BOTH) is None


def test_a_trace_of_more_lots_than_a_socket_takes_at_once(owner) -> None:
    """Two ingredients in 20,500 lots, 1 kg beside 3 kg; one of the links is voided."""
    last = 20_502
    with Plant(owner) as plant:
        plant.lots(range(1, last + 1))
        plant.links([(lot, n, D(kg)) for n in range(3, last + 1) for lot, kg in ((1, 1), (2, 3))])
        plant.void([1])
        found = plant.trace(1, Direction.FORWARD)
    assert len(str(list(range(3, last)))) > SENT_AT_ONCE
    assert pairs_of(found) == {(1, n): (1, 0.25) for n in range(4, last + 1)}
    assert len(found.links) == last - 3
