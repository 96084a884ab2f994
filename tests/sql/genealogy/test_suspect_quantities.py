"""What of the lots asked about is where, told in the units that lots are kept in: by hand."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sql.genealogy.stage_sums import stage_quantities
from sql.genealogy.trace import Trace, trace
from sql.record.engine import Record
from sql.unit_amounts import sums_in_units
from sql.vocabulary import Direction
from tests.engines import ask, undone
from tests.presence import present

EXAMPLES = int(os.environ.get("LOTLINE_TEST_EXAMPLES", "60"))
THEN = datetime(2026, 1, 15, 8, tzinfo=UTC)
BAD, GOOD, DOUGH, LOAVES, SLICED, MILK = range(1, 7)

Said = tuple[D | None, D | None, str | None]


def traced(
    owner: Record,
    lots: dict[int, Said],
    links: Sequence[tuple[int, int, *Said]],
    shipped: Sequence[tuple[int, *Said]] = (),
    moved: Sequence[tuple[int, str, int | None, *Said]] = (),
    *,
    asked: int = BAD,
    direction: Direction = Direction.FORWARD,
) -> Trace:
    """Write a plant (amounts: kilograms, quantity, unit), trace one of its lots, and undo it."""
    said = ["quantity_kg", "quantity", "unit", "happened_at"]
    with undone(owner) as transaction:
        ask(transaction, "set local session_replication_role = replica")
        ask(
            transaction,
            "insert into facts.partners (partner_id, partner_code, name, role)"
            " overriding system value values (900, 'C', 'C', 'CUSTOMER')",
        )
        transaction.copy(
            "facts.lots",
            ["lot_id", "lot_code", "weight_kg", "quantity", "unit", "happened_at", "recorded_at"],
            [(n, f"L{n}", *amount, THEN, THEN) for n, amount in lots.items()],
        )
        for table, names, rows in (
            ("lot_genealogy", ["parent_lot_id", "child_lot_id"], links),
            (
                "shipments",
                ["shipment_id", "shipment_code", "customer_id", "lot_id"],
                [(n, f"S{n}", 900, *line) for n, line in enumerate(shipped, 1)],
            ),
            ("movements", ["lot_id", "kind", "shipment_id"], moved),
        ):
            transaction.copy(
                f"facts.{table}",
                [*names, *said],
                [(*row, THEN + timedelta(minutes=at)) for at, row in enumerate(rows, 1)],
            )
        return present(trace(transaction, f"L{asked}", direction))


def told(found: Trace, lot: int) -> dict[str, Any]:
    """Return what a trace tells of a lot in its unit, but for what is unknown."""
    (row,) = (row for row in found.lots if row["lot_id"] == lot)
    names = ("suspect", "suspect_on_hand", "suspect_shipped")
    ends = ("quantity", "at_most_quantity", "at_least_quantity")
    columns = [f"{name}_{end}" for name in names for end in ends]
    return {name: row[name] for name in columns if row.get(name) is not None}


# 60 kg of bad flour and 40 kg of good make 200 loaves; nobody weighed them.
FLOURS: dict[int, Said] = {BAD: (D(60), None, None), GOOD: (D(40), None, None)}
BAKED: list = [(BAD, LOAVES, D(60), None, None), (GOOD, LOAVES, D(40), None, None)]


def test_of_loaves_that_nobody_weighed_the_suspect_ones_are_counted(owner: Record) -> None:
    """Of 200 loaves 20 are sliced, 50 shipped, 5 came back and 15 were thrown away: 120 left."""
    found = traced(
        owner,
        {**FLOURS, LOAVES: (None, D(200), "pcs"), SLICED: (None, D(20), "pcs")},
        [*BAKED, (LOAVES, SLICED, None, D(20), "pcs")],
        [(LOAVES, None, D(50), "pcs")],
        [(LOAVES, "RETURNED", 1, None, D(5), "pcs"), (LOAVES, "WASTE", None, None, D(15), "pcs")],
    )

    assert told(found, LOAVES) == {
        "suspect_quantity": D(120),
        "suspect_on_hand_quantity": D(72),
        "suspect_shipped_quantity": D(27),
    }
    assert told(found, SLICED) == {
        "suspect_quantity": D(12),
        "suspect_on_hand_quantity": D(12),
        "suspect_shipped_quantity": D(0),
    }
    (row,) = (row for row in found.lots if row["lot_id"] == LOAVES)
    assert row["suspect_kg"] is None and row["suspect_on_hand_kg"] is None


def test_what_left_in_kilograms_alone_leaves_loaves_at_most(owner: Record) -> None:
    found = traced(
        owner,
        {**FLOURS, LOAVES: (D(100), D(200), "pcs")},
        BAKED,
        [(LOAVES, D(10), None, None), (LOAVES, D(25), D(50), "pcs")],
    )

    assert told(found, LOAVES) == {
        "suspect_quantity": D(120),
        "suspect_on_hand_at_most_quantity": D(90),
        "suspect_shipped_at_least_quantity": D(30),
    }


def test_a_share_that_nobody_knows_leaves_loaves_unknown(owner: Record) -> None:
    links: list = [(BAD, LOAVES, None, D(3), "l"), (GOOD, LOAVES, None, D(2), "pcs")]

    found = traced(owner, {**FLOURS, LOAVES: (D(100), D(200), "pcs")}, links)

    assert told(found, LOAVES) == {}


def test_loaves_and_litres_are_summed_apart(owner: Record) -> None:
    """The bad flour is in 200 loaves and in 30 l of drink, all of it, and in 5 kg of crumbs."""
    found = traced(
        owner,
        {
            BAD: (D(60), None, None),
            LOAVES: (None, D(200), "pcs"),
            MILK: (None, D(30), "l"),
            SLICED: (D(5), None, None),
        },
        [(BAD, n, D(kg), None, None) for n, kg in ((LOAVES, 40), (MILK, 15), (SLICED, 5))],
    )
    sums = sums_in_units(found.lots, "suspect_on_hand")

    known = [(one.unit, one.amount.least_kg, one.amount.most_kg) for one in sums]
    assert sorted(known, key=str) == [("l", 30, 30), ("pcs", 200, 200), (None, 5, 5)]


def test_a_stage_counts_a_piece_once(owner: Record) -> None:
    """200 loaves, of which 20 are sliced, are 200 loaves, and 120 of them suspect."""
    found = traced(
        owner,
        {**FLOURS, LOAVES: (None, D(200), "pcs"), SLICED: (None, D(20), "pcs")},
        [*BAKED, (LOAVES, SLICED, None, D(20), "pcs")],
    )

    ((whole, suspect),) = (
        sums["pcs"] for sums in stage_quantities(found.lots, found.links).values()
    )
    assert (whole.least_kg, whole.most_kg) == (200, 200)
    assert (suspect.least_kg, suspect.most_kg) == (120, 120)


def test_what_a_lot_was_made_from_is_told_in_kilograms_alone(owner: Record) -> None:
    """60 kg of 100 kg of loaves came from the flour; which of its sacks that was nobody counts."""
    flours = {**FLOURS, BAD: (D(60), D(3), "sack")}
    found = traced(
        owner,
        {**flours, LOAVES: (D(100), D(200), "pcs")},
        BAKED,
        asked=LOAVES,
        direction=Direction.BACK,
    )
    (flour,) = (row for row in found.lots if row["lot_id"] == BAD)

    assert told(found, BAD) == {}
    assert flour["suspect_kg"] == 60 and flour["quantity"] == 3


pieces = st.integers(1, 30).map(D)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    bad=st.integers(1, 99),
    made=st.lists(st.tuples(st.integers(20, 90), pieces, pieces, pieces), min_size=1, max_size=6),
)
def test_suspect_pieces_add_up_to_what_was_drawn(owner: Record, bad: int, made: list) -> None:
    """Of pieces cut from one bar, each lot has what it shipped, threw away and kept."""
    share = D(bad) / 100
    lots: dict[int, Said] = {BAD: (D(bad), None, None), GOOD: (D(100 - bad), None, None)}
    links: list = [(n, DOUGH, D(kg), None, None) for n, kg in ((BAD, bad), (GOOD, 100 - bad))]
    drawn = D(sum(quantity for quantity, *_ in made))
    lots[DOUGH] = (None, drawn, "pcs")
    shipped, moved = [], []
    for n, (quantity, *gone) in enumerate(made, 10):
        lots[n] = (None, D(quantity), "pcs")
        links.append((DOUGH, n, None, D(quantity), "pcs"))
        shipped.append((n, None, min(gone[0], D(9)), "pcs"))
        moved.append((n, "WASTE", None, None, min(gone[1], D(9)), "pcs"))

    found = traced(owner, lots, links, shipped, moved)
    rows = {row["lot_id"]: row for row in found.lots}
    ends = [rows[n] for n in range(10, 10 + len(made))]

    assert rows[DOUGH]["suspect_quantity"] == pytest.approx(share * drawn, abs=0.001)
    assert rows[DOUGH]["suspect_on_hand_quantity"] == 0
    assert sum(row["suspect_quantity"] for row in ends) == rows[DOUGH]["suspect_quantity"]
    for row, line, movement in zip(ends, shipped, moved, strict=True):
        gone = line[2] + movement[4]
        left = share * (row["quantity"] - gone)
        assert row["suspect_on_hand_quantity"] == pytest.approx(left, abs=0.002)
        assert row["suspect_shipped_quantity"] == pytest.approx(share * line[2], abs=0.002)
