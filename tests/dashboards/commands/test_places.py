"""Moving lots between places: what stands where, what is refused, what is voided."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.lots import register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.places import move_lot, register_place
from dashboards.commands.refusals import (
    BadValue,
    CorrectionRefused,
    MovementRefused,
    NotFound,
    NotPermitted,
    Taken,
    Voided,
)
from dashboards.commands.voids import Voidable, void_fact, void_lot
from dashboards.imports.csv_folder import import_folder
from sql.genealogy.standing_places import standing_places
from sql.stretches import Stretch
from tests.engines import ask

NOW = datetime.now(UTC).replace(microsecond=0)
MADE = NOW - timedelta(hours=9)
RAW, PROD, FROZEN = "RAW Raw cold store", "PROD Production", "FRZ Freezer store, Second site"


def at(hours: float) -> datetime:
    return MADE + timedelta(hours=hours)


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture
def plant(transaction, by) -> int:
    """Make three places, one of them at another site, and a lot of 100 kg; returns its id."""
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values "
        "('SITE2', 'Second site', 'SITE'), ('C1', 'Shop', 'CUSTOMER')",
    )
    for code, name, site in (
        ("RAW", "Raw cold store", None),
        ("PROD", "Production", None),
        ("FRZ", "Freezer store", "SITE2"),
    ):
        register_place(transaction, by=by, place_code=code, name=name, site_code=site)
    lot = register_lot(transaction, by=by, lot_code="L", weight_kg=100, happened_at=MADE)
    return lot["lot_id"]


def stands(transaction, lot_id, **when) -> dict:
    found = standing_places(transaction, [lot_id], **when).get(lot_id, {})
    return {
        place and place.label: (amount.least_kg, amount.most_kg) for place, amount in found.items()
    }


def test_a_lot_stands_where_it_was_moved_now_and_at_a_moment(transaction, by, plant) -> None:
    def move(to, hours, **more):
        return move_lot(
            transaction, by=by, lot_code="L", to_place_code=to, happened_at=at(hours), **more
        )

    assert stands(transaction, plant) == {}
    move("RAW", 1)
    move("PROD", 2, quantity_kg=40)
    move("FRZ", 3, quantity_kg=10, from_place_code="PROD", reason="no room")
    register_movement(
        transaction, by=by, lot_code="L", kind="WASTE", quantity_kg=5, happened_at=at(4)
    )

    assert stands(transaction, plant, at=at(0.5)) == {}
    assert stands(transaction, plant, at=at(1)) == {RAW: (100, 100)}
    assert stands(transaction, plant, at=at(3)) == {RAW: (60, 60), PROD: (30, 30), FROZEN: (10, 10)}
    # 5 kg of waste left any of the three.
    assert stands(transaction, plant) == {RAW: (55, 60), PROD: (25, 30), FROZEN: (5, 10)}
    # Kilograms on hand are the lot's, wherever it stands.
    assert known_lot(transaction, "L", "lot_code")["on_hand_kg"] == D(95)


def test_what_can_not_be_moved_is_refused(transaction, by, plant, people) -> None:
    def refused(kind, code, to="PROD", hours=2.0, **more):
        with pytest.raises(kind) as caught:
            move_lot(
                transaction,
                **{"by": by, "lot_code": "L", "to_place_code": to, "happened_at": at(hours)} | more,
            )
        assert code in (None, caught.value.code), caught.value

    refused(NotPermitted, None, by=people["VIEWER"])
    refused(NotFound, None, to="NOWHERE")
    refused(NotFound, None, lot_code="NONE")
    refused(BadValue, "ZERO", quantity_kg=0)
    refused(BadValue, "TIME", hours=-1)
    refused(MovementRefused, "NOT_ENOUGH", quantity_kg=101)
    move_lot(transaction, by=by, lot_code="L", to_place_code="RAW", happened_at=at(1))
    refused(BadValue, "SAME_PLACE", to="RAW", from_place_code="RAW")
    refused(MovementRefused, "THERE_ALREADY", to="RAW")
    refused(MovementRefused, "NOT_ENOUGH", from_place_code="FRZ")
    move_lot(
        transaction, by=by, lot_code="L", to_place_code="PROD", quantity_kg=60, happened_at=at(3)
    )
    refused(
        MovementRefused, "NOT_ENOUGH", to="FRZ", hours=4, from_place_code="PROD", quantity_kg=61
    )
    refused(MovementRefused, "WHICH_PLACE", to="FRZ", hours=4, quantity_kg=10)
    move_lot(
        transaction,
        by=by,
        lot_code="L",
        to_place_code="FRZ",
        from_place_code="RAW",
        quantity_kg=40,
        happened_at=at(4),
    )
    # At 3.5 all 40 kg were in the cold store; at 4 they went on.
    refused(MovementRefused, "MOVED_SINCE", hours=3.5, from_place_code="RAW", quantity_kg=10)
    void_lot(transaction, by=by, lot_code="L", reason="was registered twice")
    refused(Voided, None)
    assert ask(transaction, "select count(*) from moves").fetchone() == (0,)


def test_a_move_is_known_by_the_day_or_month_and_accuses_nobody(transaction, by, plant) -> None:
    def move(to, when, **more):
        move_lot(transaction, by=by, lot_code="L", to_place_code=to, happened_at=when, **more)

    day = Stretch(MADE - timedelta(hours=8), at(8))
    move("RAW", at(1))
    # Some time that day 40 kg went to production: before the rest came in, or after.
    move("PROD", day, quantity_kg=40)
    assert stands(transaction, plant) == {RAW: (60, 100), PROD: (0, 40)}
    assert stands(transaction, plant, at=at(2)) == {RAW: (60, 100), PROD: (0, 40)}
    told = "select happened_at, happened_until from moves where happened_until is not null"
    assert ask(transaction, told).fetchall() == [(day.begins_at, day.ends_at)]
    # Nobody can say that they were not there at four.
    move("FRZ", at(4), from_place_code="PROD", quantity_kg=40)
    with pytest.raises(MovementRefused, match="at most 100 kg"):
        move("FRZ", day, from_place_code="RAW", quantity_kg=101)
    with pytest.raises(BadValue, match="lies before lot L came to be"):
        move("FRZ", Stretch(MADE - timedelta(days=40), MADE - timedelta(days=10)))


def test_a_move_is_voided_after_what_stands_on_it(transaction, by, plant) -> None:
    moves = [
        move_lot(transaction, by=by, lot_code="L", happened_at=at(hours), **given)["move_id"]
        for hours, given in (
            (1, {"to_place_code": "RAW"}),
            (2, {"to_place_code": "PROD", "from_place_code": "RAW", "quantity_kg": 40}),
        )
    ]

    def void(move):
        return void_fact(
            transaction, by=by, kind=Voidable.MOVE, fact_id=move, reason="typed at the wrong lot"
        )

    with pytest.raises(CorrectionRefused, match="moved on"):
        void(moves[0])
    void(moves[1])
    assert stands(transaction, plant) == {RAW: (100, 100)}
    with pytest.raises(CorrectionRefused, match="voided already"):
        void(moves[1])


def test_places_are_registered_once_by_who_keeps_master_data(transaction, by, plant, people):
    with pytest.raises(BadValue, match="Name is empty"):
        register_place(transaction, by=by, place_code="X", name=" ")
    with pytest.raises(BadValue):
        register_place(transaction, by=by, place_code="X", name="Shop", site_code="C1")
    with pytest.raises(NotPermitted):
        register_place(transaction, by=people["OPERATOR"], place_code="X", name="Dock")
    with pytest.raises(Taken, match="RAW exists already"):
        register_place(transaction, by=by, place_code="RAW", name="Another")


def test_an_import_takes_a_move_once_and_corrects_it_by_its_key(transaction, by, plant, tmp_path):
    def bring(name="Raw cold store", kg="40", **how):
        (tmp_path / "places.csv").write_text(f"place_code,name\nRAW,{name}\nNEW,New store\n")
        (tmp_path / "moves.csv").write_text(
            "lot_code,place_code,quantity_kg,happened_at,source_key\n"
            f"L,NEW,{kg},{at(2).isoformat()},m-1\n"
        )
        return import_folder(transaction, [tmp_path], by=by, **how)

    added = bring()
    assert (added["places"], added["moves"]) == (1, 1)
    assert stands(transaction, plant) == {"NEW New store": (40, 40), None: (60, 60)}
    assert sum(bring().values()) == 0
    with pytest.raises(ImportRejected, match="move of L to NEW is in the record with 40 kg"):
        bring(kg="30")
    bring(kg="30", corrects=True)
    assert stands(transaction, plant) == {"NEW New store": (30, 30), None: (70, 70)}
    with pytest.raises(ImportRejected, match="RAW is in the record with"):
        bring("Another name")
