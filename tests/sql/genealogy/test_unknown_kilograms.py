"""What isn't known is never told as if it were: plain kilograms hold however the unknown turns out.

A completion of a plant gives every unknown weight, link and shipment some kilograms. A plain number
must be the same in every completion, an *at most* no less and an *at least* no more than in any.
"""

import os
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sql.genealogy.gaps import Bearing, GapKind
from sql.genealogy.trace import Trace, trace
from sql.movements import MovementKind
from sql.record.engine import Record
from sql.vocabulary import Direction
from tests import plants
from tests.engines import ask, undone
from tests.presence import present

EXAMPLES = int(os.environ.get("LOTLINE_TEST_EXAMPLES", "60"))
THEN = datetime(2026, 1, 15, 8, tzinfo=UTC)
LOTS = 5
BOUNDED = (
    "into_children",
    "shipped",
    "given_out",
    "on_hand",
    "overdrawn",
    "suspect_on_hand",
    "suspect_shipped",
)
PLAIN = ("weight_kg", "suspect_kg", "share", "accounted_ratio")
# Kilograms that belong together are rounded together, so each may move by a gram.
A_GRAM = D("0.001")

Plant = tuple[dict[int, D | None], list[tuple[int, int, D | None]], list[tuple[int, D | None]]]

tenths = st.integers(0, 40).map(lambda tenths: D(tenths) / 10)
weights_drawn = st.one_of(st.none(), tenths)
kilograms = st.one_of(st.none(), tenths.filter(bool))  # a movement moves something
plants_drawn: st.SearchStrategy[Plant] = st.tuples(
    st.fixed_dictionaries({n: weights_drawn for n in range(1, LOTS + 1)}),
    st.lists(
        st.tuples(st.integers(1, LOTS - 1), st.integers(2, LOTS), kilograms).filter(
            lambda link: link[0] < link[1]
        ),
        max_size=8,
    ),
    st.lists(st.tuples(st.integers(1, LOTS), kilograms), max_size=3),
)


def traced(owner: Record, plant: Plant, asked: int, direction: Direction) -> Trace:
    """Write a plant, trace one of its lots, and undo it."""
    weights, links, shipped = plant
    with undone(owner) as transaction:
        ask(transaction, "set local session_replication_role = replica")
        ask(
            transaction,
            "insert into facts.partners (partner_id, partner_code, name, role)"
            " overriding system value values (900, 'C', 'C', 'CUSTOMER')",
        )
        transaction.copy(
            "facts.lots",
            ["lot_id", "lot_code", "weight_kg", "happened_at", "recorded_at"],
            [(n, f"L{n}", kg, THEN, THEN) for n, kg in weights.items()],
        )
        transaction.copy(
            "facts.lot_genealogy",
            ["parent_lot_id", "child_lot_id", "quantity_kg", "happened_at"],
            [(*link, THEN) for link in links],
        )
        transaction.copy(
            "facts.shipments",
            ["shipment_code", "lot_id", "customer_id", "quantity_kg", "happened_at"],
            [(f"S{n}", lot, 900, kg, THEN) for n, (lot, kg) in enumerate(shipped)],
        )
        return present(trace(transaction, f"L{asked}", direction))


def completed(plant: Plant, fill: Any) -> Plant:
    """Give every unknown of a plant kilograms."""
    weights, links, shipped = plant
    return (
        {n: fill() if kg is None else kg for n, kg in weights.items()},
        [(p, c, fill() if kg is None else kg) for p, c, kg in links],
        [(lot, fill() if kg is None else kg) for lot, kg in shipped],
    )


def rows_of(found: Trace) -> dict[tuple[str, int], dict[str, Any]]:
    return {(row["direction"], row["lot_id"]): row for row in found.lots}


def holds(told: dict[str, Any], true: dict[str, Any]) -> None:
    """Hold a row against the same row of a completion."""
    for name in PLAIN:
        if told.get(name) is not None:
            assert true[name] == pytest.approx(told[name], abs=0.001), name
    for name in BOUNDED:
        if f"{name}_kg" not in told:
            continue  # of what is back, nothing is told of what it holds of the lot asked about
        exact, actual = told[f"{name}_kg"], true[f"{name}_kg"]
        if exact is not None:
            assert actual is not None and abs(actual - exact) <= A_GRAM, name
        if actual is not None:
            most, least = told.get(f"{name}_at_most_kg"), told.get(f"{name}_at_least_kg")
            assert most is None or actual <= most, name
            assert least is None or actual >= least, name


@settings(max_examples=EXAMPLES)
@given(
    plant=plants_drawn,
    asked=st.integers(1, LOTS),
    direction=st.sampled_from(Direction),
    fills=st.lists(st.integers(1, 60), min_size=1, max_size=12),
)
def test_what_is_told_holds_however_the_unknown_turns_out(
    owner, plant, asked, direction, fills
) -> None:
    found = traced(owner, plant, asked, direction)
    told = rows_of(found)
    at = iter(range(10_000))
    completions = [
        completed(plant, lambda: D("0.001")),
        completed(plant, lambda: D(fills[next(at) % len(fills)]) / 10),
    ]
    answers = [traced(owner, plant, asked, direction) for plant in completions]
    for answer in answers:
        true = rows_of(answer)
        assert true.keys() == told.keys()
        for place, row in told.items():
            holds(row, true[place])
    if not found.verdict.about(Bearing.KILOGRAMS) and not any(
        gap.kind is GapKind.OVERDRAWN for gap in found.verdict.gaps
    ):
        assert [answer.lots for answer in answers] == [found.lots] * 2


def test_a_lot_of_which_some_left_unweighed_has_at_most_the_rest(owner) -> None:
    """100 kg, 10 used, an unknown amount used and another shipped: at most 90, never 90."""
    plant: Plant = (
        {1: D(100), 2: D(50), 3: D(20)},
        [(1, 2, D(10)), (1, 3, None)],
        [(1, None)],
    )
    found = traced(owner, plant, 1, Direction.FORWARD)

    lot = found.lot
    assert (lot["on_hand_kg"], lot["on_hand_at_most_kg"]) == (None, D(90))
    assert (lot["given_out_kg"], lot["given_out_at_least_kg"]) == (None, D(10))
    assert (lot["shipped_kg"], lot["shipped_at_least_kg"]) == (None, D(0))
    assert lot["accounted_ratio"] is None
    assert lot["suspect_on_hand_at_most_kg"] == D(90)
    assert not found.verdict.is_complete
    named = {gap.kind: gap.lot_codes for gap in found.verdict.about(Bearing.KILOGRAMS)}
    assert named == {GapKind.UNKNOWN_QUANTITY: ("L3",), GapKind.UNKNOWN_SHIPMENT: ("L1",)}


def test_an_unknown_output_outside_the_answer_is_listed(owner) -> None:
    """Traced back from L2, L3 is no part of the answer; what L1 has left is."""
    plant: Plant = ({1: D(100), 2: D(10), 3: D(20)}, [(1, 2, D(10)), (1, 3, None)], [])
    found = traced(owner, plant, 2, Direction.BACK)

    kinds = {gap.kind: gap.lot_codes for gap in found.verdict.about(Bearing.KILOGRAMS)}
    assert kinds == {GapKind.UNKNOWN_OUTPUT: ("L1",)}


def test_a_lot_that_gave_out_too_much_has_no_stock_to_tell(owner) -> None:
    exact: Plant = ({1: D(100), 2: D(115)}, [(1, 2, D(115))], [])
    open_end: Plant = ({1: D(100), 2: D(115)}, [(1, 2, D(115))], [(1, None)])
    for plant, over, at_least in ((exact, D(15), None), (open_end, None, D(15))):
        found = traced(owner, plant, 1, Direction.FORWARD)
        lot = found.lot

        assert (lot["on_hand_kg"], lot["on_hand_at_most_kg"]) == (None, None)
        assert (lot["overdrawn_kg"], lot["overdrawn_at_least_kg"]) == (over, at_least)
        assert lot["suspect_on_hand_kg"] is None
        doubts = {gap.kind: gap.lot_codes for gap in found.verdict.about(Bearing.LIST)}
        assert doubts[GapKind.OVERDRAWN] == ("L1",)


LIVE = (
    "weight_kg",
    "into_children_kg",
    "into_children_at_least_kg",
    "shipped_kg",
    "shipped_at_least_kg",
    "on_hand_kg",
    "on_hand_at_most_kg",
    "overdrawn_kg",
    "overdrawn_at_least_kg",
)


def test_an_edition_tells_a_balance_as_the_record_does(owner, tmp_path) -> None:
    """Every way in which weight, link and shipment may be known, unknown, or too much."""
    options = [None, A_GRAM, D(40), D(70)]
    cases = [(w, q, s) for w in (None, D(0), D(100)) for q in options for s in options]
    plant: Plant = (
        {n: weight for n, (weight, _q, _s) in enumerate(cases, 1)} | {900: D(1)},
        [(n, 900, q) for n, (_w, q, _s) in enumerate(cases, 1)],
        [(n, s) for n, (_w, _q, s) in enumerate(cases, 1)],
    )
    live = rows_of(traced(owner, plant, 900, Direction.BACK))
    with closing(
        plants.empty_warehouse(tmp_path / "working.duckdb", "Europe/Budapest")
    ) as warehouse:
        weights, links, shipped = plant
        plants.fill(
            warehouse,
            "lots",
            [{"lot_id": n, "lot_code": f"L{n}", "weight_kg": kg} for n, kg in weights.items()],
        )
        plants.fill(
            warehouse,
            "lot_genealogy",
            [
                {"link_id": i, "parent_lot_id": p, "child_lot_id": c, "quantity_kg": kg}
                for i, (p, c, kg) in enumerate(links)
            ],
        )
        plants.fill(
            warehouse,
            "shipments",
            [
                {
                    "shipment_id": i,
                    "shipment_code": "S",
                    "lot_id": lot,
                    "customer_id": 1,
                    "quantity_kg": kg,
                }
                for i, (lot, kg) in enumerate(shipped)
            ],
        )
        plants.build(warehouse, "genealogy.movement_sums", "genealogy.mass_balance")
        edition = {
            row["lot_id"]: row for row in warehouse.rows("genealogy.mass_balance").to_dicts()
        }

    for n, case in enumerate(cases, 1):
        row = live["back", n]
        assert [edition[n][name] for name in LIVE] == [row[name] for name in LIVE], case
        assert edition[n]["accounted_ratio"] == pytest.approx(row["accounted_ratio"]), case


def test_at_most_is_not_a_gram_more_than_it_can_be(owner) -> None:
    """L3 is a fifth L1 (5 of 25 kg) and weighs 45; it gave out nothing that is known."""
    plant: Plant = (
        {1: D(5), 2: D(20), 3: D(45), 4: D(1)},
        [(1, 3, D(5)), (2, 3, D(20)), (3, 4, None)],
        [],
    )
    lot = rows_of(traced(owner, plant, 1, Direction.FORWARD))["forward", 3]

    assert (lot["suspect_kg"], lot["suspect_on_hand_at_most_kg"]) == (D(9), D(9))


def test_no_part_of_a_lot_is_larger_than_the_lot(owner) -> None:
    """Two thirds of 4 kg are 2.667 kg, of as many again too; rounded together they are 5.333."""
    plant: Plant = (
        {1: D(20), 2: D(10), 3: D(4), 4: D(4), 5: D(1)},
        [(1, 3, D(2)), (1, 4, D(2)), (2, 3, D(1)), (2, 4, D(1)), (3, 5, None)],
        [(4, None)],
    )
    rows = rows_of(traced(owner, plant, 1, Direction.FORWARD))

    for n in (3, 4):
        lot = rows["forward", n]
        assert lot["suspect_on_hand_at_most_kg"] == D("2.667") == lot["suspect_kg"]


@settings(max_examples=EXAMPLES)
@given(plant=plants_drawn, asked=st.integers(1, LOTS))
def test_what_a_lot_holds_is_within_it_and_within_a_gram_of_its_share(owner, plant, asked) -> None:
    for lot in traced(owner, plant, asked, Direction.FORWARD).lots:
        share, whole = lot["share"], lot["suspect_kg"]
        for name in ("on_hand_kg", "on_hand_at_most_kg"):
            held, of_all = lot.get(f"suspect_{name}"), lot.get(name)
            if held is not None and of_all is not None and share is not None:
                assert held <= whole, name
                assert abs(float(held) - share * float(of_all)) < 0.001, name
        shipped, here = lot["suspect_shipped_kg"], lot["suspect_on_hand_kg"]
        if shipped is not None and here is not None and not lot["into_children_kg"]:
            assert shipped + here == whole


MOVED = (
    *LIVE,
    "moved_out_kg",
    "moved_out_at_least_kg",
    "returned_kg",
    "returned_at_least_kg",
    "away_kg",
    "away_at_least_kg",
    "is_counted",
    "counted_difference_kg",
)
# Kilograms, and how many hours after the plant was made; several facts have the same time.
moves_drawn = st.lists(
    st.tuples(st.sampled_from(list(MovementKind)), kilograms, st.integers(0, 4)),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Keep one working file for all examples."""
    path = tmp_path_factory.mktemp("kept") / "working.duckdb"
    with closing(plants.empty_warehouse(path, "Europe/Budapest")) as warehouse:
        yield warehouse


def balance_by_hand(
    weight: D | None, out: list[tuple[int, D | None]], moves: list[tuple[str, D | None, int]]
) -> tuple[D | None, D | None]:
    """Walk through what happened in order; return what is exactly left, and the difference found.

    Of moves the list's order is that of recording; what left otherwise was recorded before them.
    """
    left, difference, is_known = weight, D(0), weight is not None
    order = [(hour, -1, "OUT", kg) for hour, kg in out]
    order += [(hour, at, kind, kg) for at, (kind, kg, hour) in enumerate(moves)]
    all_known = True
    for _hour, _at, kind, kg in sorted(order, key=lambda fact: fact[:2]):
        if kind == "COUNTED":
            if left is None or not is_known:
                all_known = False
            else:
                difference += present(kg) - left
            left, is_known = kg, True
        elif kind != "DOWNGRADED":
            is_known = is_known and kg is not None
            if left is not None and kg is not None:
                left += kg if kind == "RETURNED" else -kg
    return (left if is_known else None), (difference if all_known and is_known else None)


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(
    weight=weights_drawn,
    out=st.lists(st.tuples(st.integers(0, 4), kilograms), max_size=2),
    moves=moves_drawn,
)
def test_record_edition_and_arithmetic_tell_one_balance_of_what_was_moved(
    owner, kept, weight, out, moves
) -> None:
    """One lot: shipped once and at random into another, then moved and counted at random."""
    moves = [(kind, kg or (D(3) if kind == "COUNTED" else kg), hour) for kind, kg, hour in moves]
    at = [THEN + timedelta(hours=hour) for hour in range(6)]
    links = [
        {
            "link_id": n,
            "parent_lot_id": 1,
            "child_lot_id": 2,
            "quantity_kg": kg,
            "happened_at": at[hour],
            "recorded_at": at[5],
        }
        for n, (hour, kg) in enumerate(out, 1)
    ]
    shipment = {
        "shipment_id": 900,
        "shipment_code": "S",
        "lot_id": 1,
        "customer_id": 900,
        "quantity_kg": None if weight is None else D(10),
        "happened_at": at[0],
        "recorded_at": at[5],
    }
    rows = [
        {
            "movement_id": n,
            "lot_id": 1,
            "kind": kind,
            "quantity_kg": kg,
            "shipment_id": 900 if kind == "RETURNED" else None,
            "happened_at": at[hour],
            "recorded_at": at[5] + timedelta(seconds=n),
        }
        for n, (kind, kg, hour) in enumerate(moves, 1)
    ]
    made = {"happened_at": THEN, "recorded_at": THEN}
    lots = [
        {"lot_id": n, "lot_code": f"L{n}", "weight_kg": kg, **made}
        for n, kg in ((1, weight), (2, D(1)))
    ]
    tables = {"lots": lots, "lot_genealogy": links, "shipments": [shipment], "movements": rows}
    with undone(owner) as transaction:
        ask(transaction, "set local session_replication_role = replica")
        ask(
            transaction,
            "insert into facts.partners (partner_id, partner_code, name, role)"
            " overriding system value values (900, 'C', 'C', 'CUSTOMER')",
        )
        for table, written in tables.items():
            if written:
                values = [tuple(row.values()) for row in written]
                transaction.copy(f"facts.{table}", list(written[0]), values)
        live = next(
            lot
            for lot in present(trace(transaction, "L1", Direction.FORWARD)).lots
            if lot["direction"] == "self"
        )
    for table, written in tables.items():
        plants.fill(kept, table, written)
    plants.build(kept, "genealogy.movement_sums", "genealogy.mass_balance")
    edition = kept.rows("genealogy.mass_balance").filter(lot_id=1).to_dicts()[0]

    assert [edition[name] for name in MOVED] == [live[name] for name in MOVED]
    assert edition["accounted_ratio"] == pytest.approx(live["accounted_ratio"])
    out = [*out, (0, shipment["quantity_kg"])]
    left, difference = balance_by_hand(weight, out, moves)
    said = live["on_hand_kg"] if live["overdrawn_kg"] is None else -live["overdrawn_kg"]
    assert said == left
    if live["is_counted"] and difference is not None:
        assert live["counted_difference_kg"] == difference
