"""What of a trace is still here, how far it is, where it lies, and who delivered it."""

from datetime import date
from decimal import Decimal as D

import pytest

from dashboards.commands.lots import Parent, register_lot
from sql.genealogy.trace import trace
from sql.genealogy.whereabouts import whereabouts
from sql.vocabulary import Direction
from tests.plants import MOMENT
from tests.presence import present


@pytest.fixture
def delivered(transaction, people):
    """Write two deliveries, a mix with something left, and a finished lot that is gone."""
    by = people["MANAGER"]
    transaction.copy(
        "facts.partners",
        ["partner_code", "name", "role", "phone", "email", "address"],
        [
            ("SUP", "Zala Farm", "SUPPLIER", "+36 30 555 0100", "lots@zala.example", None),
            ("CUS", "Kebab Palota", "CUSTOMER", "+36 1 555 0200", None, None),
            ("DUNA", "Duna Kebab", "SITE", None, None, "1 Minta rakpart"),
        ],
    )
    for code, kg, more in [
        (
            "RAW-1",
            100,
            {"metadata": {"place": "cold store 2, bay 4"}, "supplier_lot_code": "P-4471"},
        ),
        ("RAW-2", None, {"supplier_lot_code": "P-9"}),
    ]:
        register_lot(
            transaction,
            by=by,
            lot_code=code,
            lot_type="RAW",
            weight_kg=kg,
            supplier_code="SUP",
            **more,
        )
    register_lot(
        transaction,
        by=by,
        lot_code="MIX",
        lot_type="MIX",
        weight_kg=90,
        phase_id=4,
        parents=[Parent("RAW-1", 60), Parent("RAW-2", 30)],
    )
    register_lot(
        transaction, by=by, lot_code="FG", lot_type="FG", weight_kg=80, parents=[Parent("MIX", 80)]
    )
    ship(transaction, "FG", 80)
    return transaction


def ship(transaction, lot_code: str, kg: int) -> None:
    """Write a shipment as an import does: what happened is taken as it was."""
    lot_id = transaction.value("lot_id_by_code", lot_code=lot_code)
    customer_id = transaction.value("partner_named", code="CUS")
    names = ["shipment_code", "lot_id", "customer_id", "quantity_kg", "happened_at"]
    transaction.copy("facts.shipments", names, [("S", lot_id, customer_id, kg, MOMENT)])


def around(transaction, code: str, direction: Direction = Direction.BOTH):
    found = trace(transaction, code, direction)
    assert found is not None
    return whereabouts(transaction, found.lots, found.shipments)


def test_what_is_here_is_said_with_kilograms_place_and_how_far_it_is(delivered) -> None:
    here = around(delivered, "RAW-1").here

    assert [
        (lot["lot_code"], lot["on_hand_kg"], lot["standing"], lot["place"]) for lot in here
    ] == [
        ("RAW-1", D(40), "received", "cold store 2, bay 4"),
        ("MIX", D(10), "in_process", "phase 4 Mixing"),
    ]


def test_a_lot_of_which_nobody_knows_what_is_left_is_here(delivered) -> None:
    here = {lot["lot_code"]: lot for lot in around(delivered, "RAW-2").here}

    assert set(here) == {"RAW-2", "MIX"}
    assert here["RAW-2"]["on_hand_kg"] is None and here["RAW-2"]["place"] is None


def test_ancestors_are_never_to_be_held(delivered) -> None:
    assert around(delivered, "FG", Direction.BACK).here == []
    assert [lot["lot_code"] for lot in around(delivered, "MIX").here] == ["MIX"]


def test_a_trace_back_names_suppliers_their_lots_and_how_to_reach_them(delivered) -> None:
    where = around(delivered, "FG", Direction.BACK)

    assert [
        (
            row["supplier_name"],
            row["supplier_lot_code"],
            row["lot_code"],
            row["phone"],
            row["email"],
        )
        for row in where.deliveries
    ] == [
        ("Zala Farm", "P-4471", "RAW-1", "+36 30 555 0100", "lots@zala.example"),
        ("Zala Farm", "P-9", "RAW-2", "+36 30 555 0100", "lots@zala.example"),
    ]
    assert [site["site_name"] for site in where.sites] == ["Duna Kebab"]


def test_shipments_say_what_a_customer_knows_the_goods_by(transaction, people) -> None:
    by = people["MANAGER"]
    transaction.copy("facts.partners", ["partner_code", "name", "role"], [("CUS", "C", "CUSTOMER")])
    transaction.copy(
        "facts.products",
        ["product_code", "name", "gtin"],
        [("CHK15", "Chicken 15 kg", "05991234567890")],
    )
    register_lot(
        transaction,
        by=by,
        lot_code="L",
        lot_type="RAW",
        product_code="CHK15",
        weight_kg=5,
        expires_on=date(2027, 3, 1),
    )
    ship(transaction, "L", 5)
    found = trace(transaction, "L", Direction.FORWARD)

    assert found is not None
    (shipment,) = found.shipments
    assert (shipment["product_code"], shipment["product_name"]) == ("CHK15", "Chicken 15 kg")
    assert (shipment["gtin"], shipment["expires_on"]) == ("05991234567890", date(2027, 3, 1))


def test_a_lot_of_a_type_that_is_made_here_is_in_process_though_nobody_said_of_what(
    transaction, people
) -> None:
    by = people["MANAGER"]
    for code, lot_type in (("MIX-1", "MIX"), ("RAW-1", "RAW"), ("ANY-1", None)):
        register_lot(transaction, by=by, lot_code=code, lot_type=lot_type, weight_kg=10)

    here = {}
    for code in ("MIX-1", "RAW-1", "ANY-1"):
        found = present(trace(transaction, code, Direction.BOTH))
        here[code] = whereabouts(transaction, found.lots, found.shipments).here[0]
    assert {code: lot["standing"] for code, lot in here.items()} == {
        "MIX-1": "in_process",
        "RAW-1": "received",
        "ANY-1": "received",
    }
