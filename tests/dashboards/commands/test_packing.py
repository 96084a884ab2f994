"""Packing: what stands in which unit, and that a unit leaves whole, once, or not at all."""

from datetime import UTC, datetime
from decimal import Decimal as D
from typing import Any

import polars as pl
import pytest

from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.packing import pack_lot, pack_unit
from dashboards.commands.refusals import (
    BadValue,
    CorrectionRefused,
    NotFound,
    NotPermitted,
    PackingRefused,
    ShipmentRefused,
    ToConfirm,
)
from dashboards.commands.shipments import record_shipment
from dashboards.commands.unit_shipments import ship_unit
from dashboards.commands.unpacking import unpack
from dashboards.commands.voids import Voidable, void_fact
from dashboards.imports.csv_folder import import_frames
from sql.genealogy.lot_choice import lot_meant
from tests.engines import ask

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
# The last digit of each makes the sum of the digits, weighed 3 and 1 in turn, a multiple of ten.
CASE, CASE_2, PALLET = "059012345000000012", "059012345000000029", "059012345000000036"
WRONG = "059012345000000011"
WHY = "scanned the wrong label"


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture(autouse=True)
def plant(transaction, by) -> None:
    """Make two lots of one product, one of another, and two customers."""
    ask(
        transaction,
        "insert into facts.products (product_code, name) values ('CHK', 'Hen'), ('TUR', 'Turkey')",
    )
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values "
        "('C1', 'Shop', 'CUSTOMER'), ('C2', 'Other', 'CUSTOMER')",
    )
    lots = (("A", "MIX", "CHK"), ("B", "MIX", "CHK"), ("T", "MIX", "TUR"), ("F", "FG", "CHK"))
    for code, kind, product in lots:
        register_lot(
            transaction,
            by=by,
            lot_code=code,
            lot_type=kind,
            product_code=product,
            weight_kg=100,
            happened_at=AT,
        )


def inside(transaction, sscc) -> dict:
    return {
        row["lot_code"] or row["inner_sscc"]: row["quantity_kg"]
        for row in transaction.all("unit_packed", sscc=sscc)
    }


def shipped(transaction) -> list:
    return ask(
        transaction,
        "select l.lot_code, s.quantity_kg, s.sscc from shipments as s"
        " join lots as l on l.lot_id = s.lot_id order by 1",
    ).fetchall()


def pack(transaction, by, *loads, sscc: str = PALLET) -> int:
    packed = [
        pack_lot(transaction, by=by, sscc=sscc, lot_code=c, quantity_kg=kg) for c, kg in loads
    ]
    return packed[-1]


def ship(transaction, by, sscc=PALLET, code="S1", customer="C1", **more) -> list[int]:
    return ship_unit(
        transaction, by=by, sscc=sscc, shipment_code=code, customer_code=customer, **more
    )


def any_product(transaction) -> None:
    """Have the process say no more that a pallet is of one product."""
    ask(
        transaction,
        "insert into facts.process_rules (version_id, rule, is_retired) "
        "select max(version_id), 'PALLET_OF_ONE_PRODUCT', true from facts.process_versions",
    )


def test_what_is_in_a_unit_is_what_went_in_less_what_was_taken_out(transaction, by):
    pack(transaction, by, ("A", 30), ("A", "12,5"), ("B", None))
    unpack(transaction, by=by, sscc=PALLET, lot_code="A", quantity_kg=10)
    assert inside(transaction, PALLET) == {"A": D("32.5"), "B": None}
    unpack(transaction, by=by, sscc=PALLET, lot_code="B")
    unpack(transaction, by=by, sscc=PALLET, lot_code="A")
    assert inside(transaction, PALLET) == {}
    pack(transaction, by, ("B", 5))
    assert inside(transaction, PALLET) == {"B": 5}


def test_packing_takes_no_kilograms_from_the_lot_and_packs_no_more_than_it_has(transaction, by):
    pack(transaction, by, ("A", 60))
    assert transaction.one("lot_to_act_on", lot_code="A")["on_hand_kg"] == 100
    with pytest.raises(PackingRefused, match=r"40 kg left to pack: 100 kg on hand, 60 kg of it"):
        pack(transaction, by, ("A", "40.000001"), sscc=CASE)
    pack(transaction, by, ("A", 40), sscc=CASE)
    with pytest.raises(PackingRefused, match="0 kg left to pack"):
        pack(transaction, by, ("A", None), sscc=CASE)
    unpack(transaction, by=by, sscc=PALLET, lot_code="A")
    pack(transaction, by, ("A", 60), sscc=CASE)


def test_of_a_lot_that_gave_out_more_than_it_had_nothing_is_packed(transaction, by):
    """History brought more of it than it weighed; nothing bounded what was packed then."""
    files = {
        "genealogy": pl.DataFrame(
            {
                "parent_lot_code": ["A"],
                "child_lot_code": ["F"],
                "quantity_kg": ["101"],
                "happened_at": [AT.isoformat()],
            }
        )
    }
    import_frames(transaction, files, by=by)

    with pytest.raises(PackingRefused, match="A has 0 kg left to pack: 0 kg on hand"):
        pack(transaction, by, ("A", 1))


def test_a_pallet_leaves_whole_with_the_units_on_it_in_one_shipment_and_once(transaction, by):
    pack(transaction, by, ("A", 30), ("B", 20), sscc=CASE)
    pack(transaction, by, ("A", 15))
    pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=f"(00){CASE}")

    with pytest.raises(PackingRefused, match=f"stands on unit {PALLET}"):
        ship(transaction, by, CASE)
    assert len(ship(transaction, by)) == 2

    assert shipped(transaction) == [("A", 45, PALLET), ("B", 20, PALLET)]
    for unit in (PALLET, CASE):
        with pytest.raises(PackingRefused, match="left.* with shipment S1 to Shop"):
            ship(transaction, by, unit, "S2", "C2")
        with pytest.raises(PackingRefused, match="void the shipment first"):
            unpack(transaction, by=by, sscc=unit, lot_code="A")
        with pytest.raises(PackingRefused, match="void the shipment first"):
            pack(transaction, by, ("B", 1), sscc=unit)
    # What left is packed no more: 55 kg are on hand, and none of them stands in a unit.
    pack(transaction, by, ("A", 55), sscc=CASE_2)


def test_what_stands_packed_is_not_taken_loose_by_anybody(transaction, by):
    """Of 100 kg 60 are packed in two units: 40 are loose."""
    pack(transaction, by, ("A", 50))
    pack(transaction, by, ("A", 10), sscc=CASE)
    said = (
        rf"Lot A has 40 kg loose: 100 kg on hand, 60 kg of it packed in {PALLET}, {CASE}\. Unpack"
    )

    def use(kg) -> None:
        link_lots(transaction, by=by, parent_lot_code="A", child_lot_code="F", quantity_kg=kg)

    def leave(kg) -> None:
        record_shipment(
            transaction,
            by=by,
            lot_code="A",
            shipment_code="L1",
            customer_code="C1",
            quantity_kg=kg,
        )

    def spill(kg) -> None:
        register_movement(transaction, by=by, lot_code="A", kind="WASTE", quantity_kg=kg)

    for take in (use, leave, spill):
        with pytest.raises(PackingRefused, match=said):
            take("40.001")
    use(40)
    for take in (use, leave, spill):
        for kg in (None, "0.001"):
            with pytest.raises(PackingRefused, match="0 kg loose: 60 kg on hand, 60 kg of it"):
                take(kg)
    ship(transaction, by)
    unpack(transaction, by=by, sscc=CASE, lot_code="A")
    spill(10)


def test_a_line_that_names_a_unit_takes_all_that_the_unit_holds_or_nothing(transaction, by):
    """One line marks the whole unit as gone; the other lot on it would stay here in no unit."""
    pack(transaction, by, ("A", 30))
    pack(transaction, by, ("A", 30), ("B", 20), sscc=CASE)

    def line(code, kg, sscc, shipment="L1") -> None:
        record_shipment(
            transaction,
            by=by,
            lot_code=code,
            shipment_code=shipment,
            customer_code="C1",
            quantity_kg=kg,
            sscc=sscc,
        )

    for code, kg, sscc, held in (
        ("A", 30, CASE, "30 kg of lot A, 20 kg of lot B"),
        ("A", 29, PALLET, "30 kg of lot A"),
        ("A", None, PALLET, "30 kg of lot A"),
        ("B", 30, PALLET, "30 kg of lot A"),
    ):
        with pytest.raises(ShipmentRefused, match=f"Unit {sscc} holds {held}, and leaves whole"):
            line(code, kg, sscc)
    line("A", 30, PALLET)
    with pytest.raises(PackingRefused, match="L1"):
        ship(transaction, by)
    line("A", 40, CASE_2, "L2")


def test_a_typed_line_ships_no_unit_that_has_left_or_stands_on_another(transaction, by):
    """It would take the kilograms of a unit that is still here, and leave the pallet short."""
    pack(transaction, by, ("A", 40))
    pack(transaction, by, ("A", 60), sscc=CASE)
    ship(transaction, by)

    def line(sscc, kg) -> None:
        record_shipment(
            transaction,
            by=by,
            lot_code="A",
            shipment_code="L9",
            customer_code="C1",
            quantity_kg=kg,
            sscc=sscc,
        )

    with pytest.raises(PackingRefused, match=f"Unit {PALLET} left with shipment S1"):
        line(PALLET, 40)
    pack_unit(transaction, by=by, sscc=CASE_2, inner_sscc=CASE)
    with pytest.raises(PackingRefused, match=f"Unit {CASE} stands on unit {CASE_2}"):
        line(CASE, 60)
    assert [row[1] for row in shipped(transaction)] == [40]


def test_a_second_pallet_of_the_same_lot_leaves_with_the_same_shipment_unasked(transaction, by):
    pack(transaction, by, ("A", 30))
    pack(transaction, by, ("A", 20), sscc=CASE)
    ship(transaction, by)
    ship(transaction, by, CASE)
    assert sorted(kg for _, kg, _ in shipped(transaction)) == [20, 30]


def test_where_one_lot_may_not_leave_the_unit_is_refused_by_that_lot(transaction, by):
    pack(transaction, by, ("A", 4), ("F", 4))
    with pytest.raises(ShipmentRefused, match="F has not passed its final release"):
        ship(transaction, by)


def test_nothing_goes_into_itself_or_stands_twice(transaction, by):
    pack(transaction, by, ("A", 10), sscc=CASE)
    pack(transaction, by, ("A", 10), sscc=CASE_2)
    pack_unit(transaction, by=by, sscc=CASE_2, inner_sscc=CASE)
    pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE_2)
    for outer, inner, said in (
        (CASE, CASE, "can't be put into itself"),
        (CASE, PALLET, "which stands in it already"),
        (CASE_2, PALLET, "which stands in it already"),
        (PALLET, CASE, f"stands on unit {CASE_2} already"),
        (PALLET, WRONG, "Nothing is packed in unit"),
    ):
        with pytest.raises(PackingRefused, match=said):
            pack_unit(transaction, by=by, sscc=outer, inner_sscc=inner)


def test_what_is_not_in_a_unit_is_not_taken_out(transaction, by):
    pack(transaction, by, ("A", 10), sscc=CASE)
    pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE)
    cases: tuple[tuple[str, dict[str, Any], str], ...] = (
        (PALLET, {"lot_code": "A"}, f"doesn't hold lot A. In it: unit {CASE}"),
        (CASE, {"lot_code": "B"}, "doesn't hold lot B. In it: A"),
        (CASE_2, {"inner_sscc": CASE}, "In it: nothing"),
        (CASE, {"lot_code": "A", "quantity_kg": 11}, "holds 10 kg of lot A, not 11 kg"),
        (PALLET, {"inner_sscc": CASE, "quantity_kg": 1}, "holds a whole unit"),
    )
    for unit, what, said in cases:
        with pytest.raises(PackingRefused, match=said):
            unpack(transaction, by=by, sscc=unit, **what)


def test_a_pallet_is_of_one_product_where_the_process_says_so(transaction, by):
    """The reference process does; another is made to say it no more."""
    pack(transaction, by, ("A", 10))
    pack(transaction, by, ("T", 10), sscc=CASE)
    with pytest.raises(PackingRefused, match="holds lot A of another product than lot T"):
        pack(transaction, by, ("T", 10))
    with pytest.raises(PackingRefused, match="one product"):
        pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE)
    any_product(transaction)
    pack(transaction, by, ("A", 10), ("T", 10), sscc=CASE_2)
    pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE)


def test_a_wrong_check_digit_is_asked_once_and_a_wrong_length_refused(transaction, by):
    with pytest.raises(ToConfirm, match="check digit") as asked:
        pack(transaction, by, ("A", 10), sscc=WRONG)
    pack_lot(
        transaction,
        by=by,
        sscc=WRONG,
        lot_code="A",
        quantity_kg=10,
        confirmed=[str(asked.value)],
    )
    pack(transaction, by, ("B", 10), sscc=WRONG)
    ship(transaction, by, WRONG)
    for bad in ("", "12345", "05901234500000001X"):
        with pytest.raises(BadValue):
            pack(transaction, by, ("A", 1), sscc=bad)
    with pytest.raises(PackingRefused, match="Nothing is packed in unit"):
        ship(transaction, by, CASE)
    with pytest.raises(NotFound):
        pack(transaction, by, ("NONE", 1))


def test_what_was_packed_by_mistake_is_voided_unless_something_stands_on_it(transaction, by):
    first = pack(transaction, by, ("A", 30))
    out = unpack(transaction, by=by, sscc=PALLET, lot_code="A", quantity_kg=10)

    def void(packing_id) -> None:
        void_fact(transaction, by=by, kind=Voidable.PACKING, fact_id=packing_id, reason=WHY)

    with pytest.raises(CorrectionRefused, match="it was taken out since"):
        void(first)
    void(out)
    assert inside(transaction, PALLET) == {"A": 30}
    with pytest.raises(CorrectionRefused, match="1 packing"):
        void_fact(
            transaction,
            by=by,
            kind=Voidable.LOT,
            fact_id=transaction.value("lot_id_by_code", lot_code="A"),
            reason=WHY,
        )
    ship(transaction, by)
    with pytest.raises(PackingRefused, match="void the shipment first"):
        void(first)


def test_a_scan_of_a_pallet_answers_with_every_lot_on_it(transaction, by):
    pack(transaction, by, ("A", 30), ("B", 20), sscc=CASE)
    pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE)
    for scanned in (PALLET, f"(00){PALLET}", f"]C100{PALLET}", CASE):
        meant = lot_meant(transaction, scanned)
        assert (sorted(meant.codes), meant.lot_code) == (["A", "B"], None), scanned
    unpack(transaction, by=by, sscc=CASE, lot_code="B")
    assert lot_meant(transaction, PALLET).lot_code == "A"


def test_who_may_not_write_lots_packs_nothing(transaction, people):
    for role in ("AUDITOR", "VIEWER"):
        who = people[role]
        for act in (
            lambda who=who: pack(transaction, who, ("A", 1)),
            lambda who=who: pack_unit(transaction, by=who, sscc=PALLET, inner_sscc=CASE),
            lambda who=who: unpack(transaction, by=who, sscc=PALLET, lot_code="A"),
            lambda who=who: ship(transaction, who),
        ):
            with pytest.raises(NotPermitted):
                act()
