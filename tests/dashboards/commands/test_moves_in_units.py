"""What is moved in pieces stays counted: in the record, and where it stands."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest

from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.places import move_lot, register_place
from dashboards.commands.refusals import BadValue, CorrectionRefused, MovementRefused
from dashboards.commands.shipments import record_shipment
from dashboards.commands.voids import Voidable, void_fact
from sql.amounts import Amount
from sql.genealogy.flows import Flow, Place
from sql.genealogy.standing_places import standing_counts, standing_places
from sql.genealogy.stands import stand_after
from tests.engines import ask

MADE = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=6)
WHY = "counted by another crew"
COLD, DOCK = Place("COLD", "COLD Cold store"), Place("DOCK", "DOCK Dock")


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture(autouse=True)
def plant(transaction, by) -> None:
    """Make 200 loaves that nobody weighed at the dock, and a cold store."""
    for code, name in (("COLD", "Cold store"), ("DOCK", "Dock")):
        register_place(transaction, by=by, place_code=code, name=name)
    register_lot(
        transaction,
        by=by,
        lot_code="L",
        lot_type="MIX",
        quantity=200,
        unit="pcs",
        place_code="DOCK",
        happened_at=MADE,
    )


def move(transaction, by, hours: int = 1, **said):
    at = MADE + timedelta(hours=hours)
    return move_lot(transaction, by=by, lot_code="L", happened_at=at, **said)


def counts(transaction) -> dict:
    """Return how many loaves stand where: at least and at most."""
    lot = transaction.one("lot_shown", lot_code="L")
    places = standing_counts(transaction, [lot["lot_id"]])[lot["lot_id"]].places
    return {place: (there.least_kg, there.most_kg) for place, there in places.items()}


def test_loaves_that_nobody_weighed_are_moved_by_their_number(transaction, by) -> None:
    moved = move(transaction, by, to_place_code="COLD", quantity=120, unit="pcs")

    assert (moved["quantity_kg"], moved["quantity"], moved["unit"]) == (None, 120, "pcs")
    assert counts(transaction) == {DOCK: (80, 80), COLD: (120, 120)}
    # Of kilograms nobody knows anything: some are in either place.
    lot = transaction.one("lot_shown", lot_code="L")
    assert standing_places(transaction, [lot["lot_id"]])[lot["lot_id"]] == {
        DOCK: Amount(D(0), None),
        COLD: Amount(D(0), None),
    }


def test_no_more_loaves_are_moved_than_stand_there(transaction, by) -> None:
    move(transaction, by, to_place_code="COLD", quantity=120, unit="pcs")
    said = {"to_place_code": "COLD", "from_place_code": "DOCK", "unit": "pcs"}

    with pytest.raises(MovementRefused, match="at most 80 pcs at DOCK") as refusal:
        move(transaction, by, 2, **said, quantity=81)

    assert refusal.value.field == "quantity"
    assert move(transaction, by, 2, **said, quantity=80)["quantity"] == 80
    assert counts(transaction) == {COLD: (200, 200)}


def test_another_unit_than_the_lots_needs_its_kilograms(transaction, by) -> None:
    with pytest.raises(BadValue, match="Nobody knows what 3 tray of lot L weigh"):
        move(transaction, by, to_place_code="COLD", quantity=3, unit="tray")


def test_what_goes_on_is_in_doubt_where_two_places_have_loaves(transaction, by) -> None:
    move(transaction, by, to_place_code="COLD", quantity=120, unit="pcs")
    register_lot(transaction, by=by, lot_code="S", lot_type="MIX")
    used = {"parent_lot_code": "L", "child_lot_code": "S", "quantity": 30, "unit": "pcs"}
    link_lots(transaction, by=by, quantity_kg=None, **used)

    assert counts(transaction) == {DOCK: (50, 80), COLD: (90, 120)}


def test_a_move_that_loaves_have_gone_on_from_is_not_voided(transaction, by) -> None:
    first = move(transaction, by, to_place_code="COLD", quantity=120, unit="pcs")
    onward = {"to_place_code": "DOCK", "from_place_code": "COLD", "unit": "pcs"}
    move(transaction, by, 2, **onward, quantity=110)

    void = {"kind": Voidable.MOVE, "fact_id": first["move_id"], "reason": WHY}
    with pytest.raises(CorrectionRefused, match="has moved on"):
        void_fact(transaction, by=by, **void)


def test_no_more_loaves_leave_a_place_than_stand_there(transaction, by) -> None:
    move(transaction, by, to_place_code="COLD", quantity=120, unit="pcs")
    at = MADE + timedelta(hours=2)
    waste = {"lot_code": "L", "kind": "WASTE", "unit": "pcs", "reason": WHY, "happened_at": at}
    with pytest.raises(MovementRefused, match="at most 80 pcs at DOCK") as refusal:
        register_movement(transaction, by=by, **waste, quantity=81, place_code="DOCK")
    assert refusal.value.field == "quantity"

    register_movement(transaction, by=by, **waste, quantity=80, place_code="DOCK")

    assert counts(transaction) == {COLD: (120, 120)}
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values ('C', 'Shop', 'CUSTOMER')",
    )
    line = {"lot_code": "L", "shipment_code": "S", "customer_code": "C", "quantity_kg": None}
    with pytest.raises(MovementRefused, match="had nothing at DOCK"):
        sent = {"quantity": 1, "unit": "pcs", "from_place_code": "DOCK"}
        record_shipment(transaction, by=by, **line, **sent)


def test_where_a_loaf_weighs_so_much_both_are_kept(transaction, by) -> None:
    ask(
        transaction,
        "insert into facts.products (product_code, name, unit, kg_per_unit)"
        " values ('BUN', 'Bun', 'pcs', 0.5)",
    )
    buns = {"lot_code": "B", "lot_type": "MIX", "product_code": "BUN", "quantity": 40}
    register_lot(transaction, by=by, **buns, unit="pcs", place_code="DOCK", happened_at=MADE)
    at = MADE + timedelta(hours=1)
    said = {"lot_code": "B", "to_place_code": "COLD", "quantity": 30, "unit": "pcs"}

    moved = move_lot(transaction, by=by, happened_at=at, **said)

    assert (moved["quantity_kg"], moved["quantity"]) == (D(15), 30)


A, B, C = (Place(code, code) for code in "ABC")


def some(to: Place, origin: Place | None = None) -> Flow:
    return Flow("MOVED", None, to, origin, is_some=True)


ALL_AT_A = Flow("MOVED", None, A)


@pytest.mark.parametrize(
    ("flows", "stands"),
    [
        ([ALL_AT_A, some(B)], {A: (0, 100), B: (0, 100)}),
        ([ALL_AT_A, some(B, A)], {A: (0, 100), B: (0, 100)}),
        (
            [ALL_AT_A, Flow("MOVED", D(40), B), some(C, B)],
            {A: (60, 60), B: (0, 40), C: (0, 40)},
        ),
        (
            [ALL_AT_A, Flow("MOVED", D(40), B), some(B, A)],
            {A: (0, 60), B: (40, 100)},
        ),
    ],
)
def test_what_nobody_weighed_is_anything_between_nothing_and_all(flows, stands) -> None:
    assert stand_after(D(100), flows).amounts() == {
        place: Amount(D(least), D(most)) for place, (least, most) in stands.items()
    }
