"""What lies in which unit by the edition: worked out by hand, and as the record says live."""

from decimal import Decimal as D

from sql.warehouse.copies import copy_record
from tests import packed_plants, plants
from tests.engines import ask

CASE, PALLET, GONE = packed_plants.CASE, packed_plants.PALLET, packed_plants.GONE


def packed(number: int, sscc: str, lot_id: int | None, kg=None, kind="PACKED", inner=None) -> dict:
    quantity = None if kg is None else D(kg)
    said = {"sscc": sscc, "kind": kind, "lot_id": lot_id, "inner_sscc": inner}
    return {"packing_id": number, "quantity_kg": quantity, **said}


def rows(warehouse) -> dict:
    plants.build(warehouse, "genealogy.packed")
    return {
        (row["sscc"], row["lot_id"]): (
            row["quantity_kg"],
            row["outermost_sscc"],
            row["left_on_sscc"],
            row["shipment_id"],
        )
        for row in warehouse.rows("genealogy.packed").to_dicts()
    }


def test_what_is_in_a_unit_is_what_went_in_less_what_came_out(warehouse) -> None:
    plants.fill(
        warehouse,
        "packings",
        [
            packed(1, "A", 1, 30),
            packed(2, "A", 1, "12.5"),
            packed(3, "A", 1, 10, kind="UNPACKED"),
            packed(4, "A", 2),
            packed(5, "A", 3, 5),
            packed(6, "A", 3, kind="UNPACKED"),
            packed(7, "B", 3, 5),
            packed(8, "B", 3, 5, kind="UNPACKED"),
            packed(9, "C", 3, 5),
            packed(10, "C", 3, kind="UNPACKED"),
            packed(11, "C", 3, 7),
        ],
    )
    here = (None, None)
    assert rows(warehouse) == {
        ("A", 1): (D("32.5"), "A", *here),
        ("A", 2): (None, "A", *here),
        ("C", 3): (7, "C", *here),
    }


def test_what_stands_on_a_pallet_leaves_with_it_and_a_circle_ends(warehouse) -> None:
    plants.fill(
        warehouse,
        "packings",
        [
            packed(1, "11", 1, 5),
            packed(2, "22", None, inner="11"),
            packed(3, "33", None, inner="22"),
            packed(4, "44", 1, 2),
            packed(5, "44", None, inner="55"),
            packed(6, "55", None, inner="44"),
            packed(7, "66", 1, 2),
            packed(8, "22", None, inner="66"),
            packed(9, "22", None, inner="66", kind="UNPACKED"),
        ],
    )
    plants.fill(
        warehouse,
        "shipments",
        [
            {"shipment_id": n, "shipment_code": "S", "lot_id": 1, "customer_id": 1, "sscc": sscc}
            for n, sscc in ((8, "3 3"), (9, "33"))
        ],
    )
    assert rows(warehouse) == {
        ("11", 1): (5, "33", "33", 8),
        ("44", 1): (2, "44", None, None),
        ("66", 1): (2, "66", None, None),
    }


def test_the_edition_says_what_the_record_says(warehouse, record, people) -> None:
    with record.transaction() as transaction:
        packed_plants.register_packed(transaction, people)
    copy_record(record, warehouse)
    with record.snapshot() as snapshot:
        live = snapshot.all(
            "units_traced",
            lot_ids=[row[0] for row in ask(snapshot, "select lot_id from lots").fetchall()],
        )
    found = rows(warehouse)
    assert len(found) == 2
    assert {key: (kg, outer, left is not None) for key, (kg, outer, _, left) in found.items()} == {
        (row["sscc"], row["lot_id"]): (
            row["quantity_kg"],
            row["outermost_sscc"],
            row["shipment_code"] is not None,
        )
        for row in live
    }
