"""Two places that read alike are two places: "A B" called "C", and "A" called "B C"."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from dashboards.commands.lots import register_lot
from dashboards.commands.places import move_lot, register_place
from dashboards.views.here import by_place
from sql.amounts import Amount
from sql.genealogy.lots_at import lots_at
from sql.genealogy.standing_places import standing_places
from sql.genealogy.trace import Direction, trace
from sql.genealogy.whereabouts import whereabouts
from tests.presence import present

MADE = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=9)


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def lot_id(transaction, people) -> int:
    """Put 100 kg at "A B", 30 kg of them on to "A"; return the lot's id."""
    by = people["MANAGER"]
    register_place(transaction, by=by, place_code="A B", name="C")
    register_place(transaction, by=by, place_code="A", name="B C")
    lot = register_lot(
        transaction, by=by, lot_code="L", weight_kg=100, happened_at=MADE, place_code="A B"
    )
    move_lot(
        transaction,
        by=by,
        lot_code="L",
        to_place_code="A",
        from_place_code="A B",
        quantity_kg=30,
        happened_at=MADE + timedelta(hours=1),
    )
    return lot["lot_id"]


def test_a_lot_goes_from_one_to_the_other_and_stands_in_both(transaction, lot_id) -> None:
    stands = standing_places(transaction, [lot_id])[lot_id]

    assert {present(place).code: kg.most_kg for place, kg in stands.items()} == {"A B": 70, "A": 30}
    assert {present(place).label for place in stands} == {"A B C"}
    assert lots_at(transaction, "A") == {lot_id: Amount(D(30), D(30))}
    assert lots_at(transaction, "A B") == {lot_id: Amount(D(70), D(70))}


def test_what_to_hold_is_told_place_by_place(transaction, lot_id) -> None:
    found = present(trace(transaction, "L", Direction.BOTH))
    here = whereabouts(transaction, found.lots, found.shipments).here

    assert [(row["place"], row["on_hand_kg"]) for row in by_place(here)] == [
        ("A B C", 30),
        ("A B C", 70),
    ]
