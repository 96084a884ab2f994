"""What leaves a place, or comes back to one: the place then has so much less, or more."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.lots import register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.places import move_lot, register_place
from dashboards.commands.refusals import (
    BadValue,
    CorrectionRefused,
    MovementRefused,
    NotFound,
)
from dashboards.commands.shipments import record_shipment
from dashboards.commands.voids import Voidable, void_fact
from dashboards.imports.csv_folder import import_folder
from sql.genealogy.standing_places import standing_places
from sql.stretches import Stretch
from tests.engines import ask

MADE = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=9)
A, B = "A Store A", "B Store B"


def at(hours: float) -> datetime:
    return MADE + timedelta(hours=hours)


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def lot(transaction, by) -> int:
    """Put 60 kg of a lot at A and 40 kg at B; returns its id."""
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values ('C1', 'Shop', 'CUSTOMER')",
    )
    for code in "AB":
        register_place(transaction, by=by, place_code=code, name=f"Store {code}")
    given = {"lot_code": "L", "weight_kg": 100, "happened_at": MADE, "place_code": "A"}
    lot_id = register_lot(transaction, by=by, **given)["lot_id"]
    to_b = {"to_place_code": "B", "quantity_kg": 40, "happened_at": at(1)}
    move_lot(transaction, by=by, lot_code="L", **to_b)
    ask(
        transaction,
        "insert into facts.qc_decisions (lot_id, gate_id, decision, happened_at) "
        "select :lot_id, gate_id, 'PASS', :at from qc_gates where gate_number in (8, 10)",
        lot_id=lot_id,
        at=at(1.5),
    )
    return lot_id


def stands(transaction, lot_id, **when) -> dict:
    found = standing_places(transaction, [lot_id], **when).get(lot_id, {})
    return {place and place.label: (kg.least_kg, kg.most_kg) for place, kg in found.items()}


@pytest.fixture
def moves(transaction, by):
    """Record one movement of the lot."""

    def moves(kind, kg, place=None, hours=2.0, **more):
        return register_movement(
            transaction,
            by=by,
            lot_code="L",
            kind=kind,
            quantity_kg=kg,
            place_code=place,
            happened_at=at(hours),
            **more,
        )

    return moves


@pytest.fixture
def ships(transaction, by):
    """Ship some of the lot."""

    def ships(kg, place=None, when=None):
        return record_shipment(
            transaction,
            by=by,
            shipment_code="S1",
            lot_code="L",
            customer_code="C1",
            quantity_kg=kg,
            happened_at=when or at(2),
            from_place_code=place,
        )

    return ships


def test_a_place_has_less_by_what_left_it(transaction, lot, moves, ships) -> None:
    written = moves("WASTE", 5, "A")
    ships(10, "B", at(3))

    assert written["place_code"] == "A"
    assert stands(transaction, lot, at=at(2)) == {A: (55, 55), B: (40, 40)}
    assert stands(transaction, lot) == {A: (55, 55), B: (30, 30)}


def test_what_came_back_stands_where_it_was_put_and_holds_what_moved_on(
    transaction, by, lot, moves, ships
) -> None:
    ships(40, "B")
    back = moves("RETURNED", 15, "A", 3, shipment_code="S1", reason="the box was torn")
    assert stands(transaction, lot) == {A: (75, 75)}

    onward = {"to_place_code": "B", "from_place_code": "A", "quantity_kg": 70}
    move_lot(transaction, by=by, lot_code="L", happened_at=at(4), **onward)
    with pytest.raises(CorrectionRefused, match="moved on"):
        void_fact(
            transaction,
            by=by,
            kind=Voidable.MOVEMENT,
            fact_id=back["movement_id"],
            reason="it never came back",
        )


def test_more_than_stood_at_a_place_does_not_leave_it(transaction, by, lot, moves, ships) -> None:
    with pytest.raises(MovementRefused, match=f"had at most 40 kg at {B}") as refused:
        ships(41, "B")
    assert (refused.value.field, refused.value.code) == ("quantity_kg", "NOT_ENOUGH")
    with pytest.raises(MovementRefused, match=f"had nothing at {B}") as refused:
        moves("WASTE", 1, "B", 0.5)
    assert refused.value.field == "place_code"
    move_lot(transaction, by=by, lot_code="L", to_place_code="A", happened_at=at(4))
    with pytest.raises(MovementRefused) as refused:
        register_place(transaction, by=by, place_code="C", name="Store C")
        later = {"to_place_code": "C", "from_place_code": "A", "quantity_kg": 100}
        move_lot(transaction, by=by, lot_code="L", happened_at=at(5), **later)
        moves("WASTE", 1, "B", 3)
    assert refused.value.code == "MOVED_SINCE"
    for kind in ("COUNTED", "DOWNGRADED"):
        with pytest.raises(BadValue) as bad:
            moves(kind, 1, "A", reason="for a lower use")
        assert bad.value.field == "place_code"
    with pytest.raises(NotFound):
        moves("WASTE", 1, "NOWHERE")
    assert ask(transaction, "select count(*) from movements").fetchone() == (0,)


def test_what_left_some_time_that_day_may_have_left_after_it_came(transaction, lot, ships) -> None:
    """At that day's beginning nothing stood at B, but at its end it did."""
    day = Stretch(MADE - timedelta(hours=4), at(2))
    ships(30, "B", day)

    # If it left before the 40 kg came, A is empty of none of it.
    assert stands(transaction, lot)[B] == (10, 40)


def test_a_file_says_the_places_and_comes_again_without_them(transaction, by, lot, tmp_path):
    def bring(places=True, kind="WASTE", place="A"):
        column, cell = (",place_code", f",{place}") if places else ("", "")
        (tmp_path / "movements.csv").write_text(
            f"lot_code,kind,quantity_kg,happened_at{column}\nL,{kind},5,{at(2).isoformat()}{cell}\n"
        )
        column, cell = (",from_place_code", ",B") if places else ("", "")
        (tmp_path / "shipments.csv").write_text(
            f"shipment_code,lot_code,customer_code,quantity_kg,happened_at{column}\n"
            f"S1,L,C1,10,{at(2).isoformat()}{cell}\n"
        )
        return import_folder(transaction, [tmp_path], by=by)

    with pytest.raises(ImportRejected, match="place_code 'NOWHERE'"):
        bring(place="NOWHERE")
    with pytest.raises(ImportRejected, match="not with COUNTED"):
        bring(kind="COUNTED")
    bring()
    assert stands(transaction, lot) == {A: (D(55), D(55)), B: (D(30), D(30))}
    assert sum(bring().values()) == 0
    assert sum(bring(places=False).values()) == 0
