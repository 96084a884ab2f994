"""What was packed in pieces stays counted: on its unit, in its shipment, and in what is left."""

from decimal import Decimal as D

import pytest

from dashboards.commands.import_files import ImportRejected
from dashboards.commands.lots import register_lot
from dashboards.commands.packing import pack_lot, pack_unit
from dashboards.commands.refusals import PackingRefused
from dashboards.commands.unit_shipments import ship_unit
from dashboards.commands.unpacking import unpack
from dashboards.commands.voids import Voidable, void_fact
from dashboards.imports.csv_folder import import_frames
from tests.dashboards.commands.test_importing import frame
from tests.engines import ask

CASE, PALLET, OTHER = "059012345000000012", "059012345000000036", "059012345000000029"


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["MANAGER"]


@pytest.fixture(autouse=True)
def plant(transaction, by) -> None:
    """Make T: 131 trays of 6.6 kg, and a customer."""
    ask(
        transaction,
        "insert into facts.products (product_code, name, unit, kg_per_unit)"
        " values ('TRAY', 'Trays', 'tray', 6.6)",
    )
    register_lot(
        transaction,
        by=by,
        lot_code="T",
        lot_type="MIX",
        product_code="TRAY",
        quantity=131,
        unit="tray",
    )
    ask(
        transaction,
        "insert into facts.partners (partner_code, name, role) values ('C', 'Shop', 'CUSTOMER')",
    )


def inside(transaction, sscc: str) -> list[tuple]:
    names = ("lot_code", "quantity_kg", "quantity", "unit")
    return [tuple(row[n] for n in names) for row in transaction.all("unit_packed", sscc=sscc)]


def left(transaction) -> tuple:
    """Say what is left of T: kilograms, trays, and trays at most."""
    lot = transaction.one("lot_shown", lot_code="T")
    return lot["on_hand_kg"], lot["on_hand_quantity"], lot["on_hand_at_most_quantity"]


def test_trays_that_leave_on_their_pallet_are_gone_as_trays(transaction, by) -> None:
    pack_lot(transaction, by=by, sscc=PALLET, lot_code="T", quantity=50, unit="tray")
    pack_lot(transaction, by=by, sscc=CASE, lot_code="T", quantity=10, unit="tray")
    pack_unit(transaction, by=by, sscc=PALLET, inner_sscc=CASE)
    assert inside(transaction, PALLET)[0] == ("T", D(330), 50, "tray")
    ship_unit(transaction, by=by, sscc=PALLET, shipment_code="S", customer_code="C")

    ((_, kg, trays, unit),) = [
        (None, *row)
        for row in ask(transaction, "select quantity_kg, quantity, unit from shipments").fetchall()
    ]
    assert (kg, trays, unit) == (D(396), D(60), "tray")
    assert left(transaction) == (D("468.6"), D(71), None)


def test_what_is_taken_out_is_taken_in_trays_too(transaction, by) -> None:
    pack_lot(transaction, by=by, sscc=PALLET, lot_code="T", quantity=60, unit="tray")
    unpack(transaction, by=by, sscc=PALLET, lot_code="T", quantity=4, unit="tray")
    assert inside(transaction, PALLET) == [("T", D("369.6"), D(56), "tray")]
    with pytest.raises(PackingRefused, match="not 376.2 kg"):
        unpack(transaction, by=by, sscc=PALLET, lot_code="T", quantity=57, unit="tray")
    unpack(transaction, by=by, sscc=PALLET, lot_code="T")
    assert inside(transaction, PALLET) == []
    pack_lot(transaction, by=by, sscc=PALLET, lot_code="T", quantity=2, unit="tray")
    assert inside(transaction, PALLET) == [("T", D("13.2"), D(2), "tray")]


@pytest.mark.parametrize("second", [{"quantity_kg": "6.6"}, {"quantity": 1, "unit": "pcs"}])
def test_where_some_of_it_was_not_counted_so_nobody_knows_how_many_trays_it_is(
    transaction, by, second
) -> None:
    more = {"quantity_kg": "6.6"} | second
    pack_lot(transaction, by=by, sscc=PALLET, lot_code="T", quantity=60, unit="tray")
    one = pack_lot(transaction, by=by, sscc=PALLET, lot_code="T", **more)
    assert inside(transaction, PALLET) == [("T", D("402.6"), None, None)]
    reason = "it was one tray less, said by mistake"
    void_fact(transaction, by=by, kind=Voidable.PACKING, fact_id=one, reason=reason)
    assert inside(transaction, PALLET) == [("T", D(396), D(60), "tray")]


HEAD = "sscc kind lot_code inner_sscc quantity_kg quantity unit happened_at"


def test_a_file_packs_in_trays_and_an_export_says_them_again(transaction, by) -> None:
    rows = [
        f"{PALLET} PACKED T - - 60 tray 2026-11-28T09:00:00+01:00",
        f"{PALLET} UNPACKED T - - 4 tray 2026-11-28T10:00:00+01:00",
    ]
    assert import_frames(transaction, {"packings": frame(HEAD, *rows)}, by=None)["packings"] == 2
    assert import_frames(transaction, {"packings": frame(HEAD, *rows)}, by=None)["packings"] == 0
    assert inside(transaction, PALLET) == [("T", D("369.6"), D(56), "tray")]
    names = ("kind", "quantity_kg", "quantity", "unit")
    said = [tuple(row[n] for n in names) for row in transaction.all("export_packings")]
    assert said == [("PACKED", D(396), D(60), "tray"), ("UNPACKED", D("26.4"), D(4), "tray")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{PALLET} PACKED T - - 60 pcs @", "nobody knows what 60 pcs of lot T weigh"),
        (f"{PALLET} UNPACKED T - - 60 pcs @", "nobody knows what 60 pcs of lot T weigh"),
        (f"{PALLET} PACKED T - - 60 - @", "has no unit"),
        (f"{OTHER} PACKED - {PALLET} - 1 tray @", "is of a whole unit"),
    ],
)
def test_a_row_in_trays_that_can_not_be_is_refused_by_its_cell(transaction, row, said) -> None:
    row = row.replace("@", "2026-11-28T10:00:00+01:00")
    with pytest.raises(ImportRejected) as refusal:
        import_frames(transaction, {"packings": frame(HEAD, row)}, by=None)
    assert said in str([one.reason for one in refusal.value.rejections])
