"""What stands packed unweighed, and a count of a lot that stands packed, on every way out of it."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboards.commands.links import link_lots
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.packing import pack_lot
from dashboards.commands.production_sides import Output
from dashboards.commands.productions import record_production
from dashboards.commands.refusals import MovementRefused, PackingRefused
from dashboards.commands.shipments import record_shipment
from dashboards.commands.unit_shipments import ship_unit
from dashboards.commands.unpacking import unpack

PALLET, CASE = "059012345000000036", "059012345000000012"
AT = datetime(2026, 1, 12, 7, tzinfo=UTC)


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture(autouse=True)
def plant(transaction, by) -> None:
    """Make A of 100 kg, U of unknown weight, and F that something may go into."""
    transaction.copy("facts.partners", ["partner_code", "name", "role"], [("C1", "S", "CUSTOMER")])
    for code, kg in (("A", 100), ("U", None), ("F", 10)):
        register_lot(
            transaction, by=by, lot_code=code, lot_type="MIX", weight_kg=kg, happened_at=AT
        )


def pack(transaction, by, code="A", kg=None, sscc=PALLET) -> None:
    pack_lot(transaction, by=by, sscc=sscc, lot_code=code, quantity_kg=kg)


def ways_out(transaction, by, code):
    """Return every command that takes of a lot what stands loose, each called with kilograms."""

    def produce(kg) -> None:
        record_production(
            transaction,
            by=by,
            production_code="P",
            inputs=[Parent(code, kg)],
            outputs=[Output("MADE", 1)],
        )

    def register(kg) -> None:
        register_lot(transaction, by=by, lot_code=f"NEW-{kg}", parents=[Parent(code, kg)])

    def leave(kg) -> None:
        record_shipment(
            transaction,
            by=by,
            lot_code=code,
            shipment_code="L1",
            customer_code="C1",
            quantity_kg=kg,
        )

    def moved(kind):
        return lambda kg: register_movement(
            transaction, by=by, lot_code=code, kind=kind, quantity_kg=kg, reason="said by the test"
        )

    def link(kg) -> None:
        link_lots(transaction, by=by, parent_lot_code=code, child_lot_code="F", quantity_kg=kg)

    return [link, produce, register, leave, *map(moved, ("WASTE", "SAMPLE", "DESTROYED"))]


@pytest.mark.parametrize("code", ["A", "U"])
def test_of_a_lot_that_stands_packed_unweighed_nothing_is_taken_loose(transaction, by, code):
    pack(transaction, by, code)
    said = rf"Lot {code} stands packed in {PALLET}, in 1 of them unweighed: nobody knows how much"
    for take in ways_out(transaction, by, code):
        for kg in (1, None):
            with pytest.raises(PackingRefused, match=said):
                take(kg)
    unpack(transaction, by=by, sscc=PALLET, lot_code=code)
    ways_out(transaction, by, code)[0](1)


@pytest.mark.parametrize("code", ["A", "U"])
def test_a_unit_leaves_with_what_was_packed_in_it_unweighed(transaction, by, code):
    """Another unit of the same lot stays, and what was weighed in it is not taken."""
    pack(transaction, by, code)
    pack(transaction, by, code, 30, CASE)
    ship_unit(transaction, by=by, sscc=PALLET, shipment_code="S1", customer_code="C1")
    ship_unit(transaction, by=by, sscc=CASE, shipment_code="S1", customer_code="C1")


def test_what_is_packed_weighed_of_a_lot_of_unknown_weight_binds_nobody(transaction, by):
    pack(transaction, by, "U", 30)
    ways_out(transaction, by, "U")[0](1)


def test_what_is_left_to_pack_is_at_most_that_beside_unweighed(transaction, by):
    pack(transaction, by, "A")
    pack(transaction, by, "A", 60, CASE)
    said = r"has at most 40 kg left to pack: 100 kg on hand, 60 kg of it packed, more of it unw"
    with pytest.raises(PackingRefused, match=f"{said}eighed in 1 unit. Pack at most"):
        pack(transaction, by, "A", "40.5", CASE)


def count(transaction, by, kg, **more):
    return register_movement(
        transaction, by=by, lot_code="A", kind="COUNTED", quantity_kg=kg, **more
    )


def test_a_count_finds_no_less_than_stands_packed(transaction, by):
    pack(transaction, by, "A", 60)
    said = rf"Of lot A 60 kg stands packed in {PALLET}, and with 59.9 kg found 59.9 kg would be"
    with pytest.raises(MovementRefused, match=said):
        count(transaction, by, "59.9")
    count(transaction, by, 60)
    unpack(transaction, by=by, sscc=PALLET, lot_code="A", quantity_kg=20)
    count(transaction, by, 40)


def test_a_count_of_an_earlier_moment_is_judged_by_what_went_since(transaction, by):
    """80 kg were there on the 12th; 10 went since, so 70 are here, of which 60 stand packed."""
    link_lots(transaction, by=by, parent_lot_code="A", child_lot_code="F", quantity_kg=10)
    pack(transaction, by, "A", 60)
    then = AT + timedelta(hours=2)
    with pytest.raises(MovementRefused, match="with 69 kg found 59 kg would be on hand"):
        count(transaction, by, 69, happened_at=then)
    count(transaction, by, 80, happened_at=then)


def test_a_count_of_nothing_leaves_nothing_in_a_unit(transaction, by):
    pack(transaction, by, "A")
    with pytest.raises(MovementRefused, match="A an unweighed part stands packed"):
        count(transaction, by, 0)
    count(transaction, by, 1)
