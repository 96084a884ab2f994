"""Movements and productions take pieces and litres where their product is weighed a unit."""

from decimal import Decimal as D

import pytest

from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.movements import register_movement
from dashboards.commands.production_sides import Output
from dashboards.commands.productions import record_production
from dashboards.commands.refusals import BadValue, NotEnough
from tests.engines import ask
from tests.presence import present


@pytest.fixture
def database(kept_database):
    return kept_database


@pytest.fixture
def by(people):
    return people["OPERATOR"]


@pytest.fixture(autouse=True)
def plant(transaction, by) -> None:
    """Have 40 jars of 0.25 kg, and 40 l of milk that nobody weighed."""
    ask(
        transaction,
        "insert into facts.products (product_code, name, unit, kg_per_unit)"
        " values ('JAR', 'Jar', 'pcs', 0.25), ('MILK', 'Milk', 'l', null)",
    )
    for code, product, unit in (("J", "JAR", "pcs"), ("M", "MILK", "l")):
        register_lot(
            transaction, by=by, lot_code=code, product_code=product, quantity=40, unit=unit
        )


def move(transaction, by, code, **more):
    return register_movement(transaction, by=by, lot_code=code, **more)


def test_a_movement_in_pieces_is_measured_by_its_kilograms_too(transaction, by) -> None:
    moved = move(transaction, by, "J", kind="WASTE", quantity=4, unit="pcs")
    assert moved["quantity_kg"] == 1
    with pytest.raises(NotEnough, match="10 kg|9 kg"):
        move(transaction, by, "J", kind="WASTE", quantity=37, unit="pcs")
    counted = move(transaction, by, "J", kind="COUNTED", quantity=30, unit="pcs")
    assert counted["quantity_kg"] == D("7.5")
    assert move(transaction, by, "J", kind="COUNTED", quantity=0, unit="pcs")["quantity_kg"] == 0


def test_what_nobody_can_weigh_is_refused_and_kilograms_are_taken(transaction, by) -> None:
    with pytest.raises(BadValue, match="what 2 l of lot J weigh"):
        move(transaction, by, "J", kind="WASTE", quantity=2, unit="l")
    assert move(transaction, by, "M", kind="WASTE", quantity=2, unit="l", quantity_kg=2.06)
    with pytest.raises(BadValue, match="a count says what was found"):
        move(transaction, by, "J", kind="COUNTED")
    with pytest.raises(BadValue, match="nothing moved"):
        move(transaction, by, "J", kind="WASTE", quantity=0, unit="pcs")


def test_parts_of_a_lot_weigh_as_the_lot_does_where_it_was_weighed(transaction, by) -> None:
    """240 jars came to 20 kg, a third of what their product says: all can be taken, in thirds."""
    amounts = {"weight_kg": 20, "quantity": 240, "unit": "pcs"}
    register_lot(transaction, by=by, lot_code="T", product_code="JAR", **amounts)

    assert move(transaction, by, "T", kind="WASTE", quantity=80, unit="pcs")["quantity_kg"] == D(
        "6.666666"
    )
    used = [Parent("T", None, None, 80, "pcs")]
    register_lot(transaction, by=by, lot_code="C", parents=used)
    record_production(
        transaction, by=by, production_code="P", inputs=used, outputs=[Output("N", 6)]
    )

    assert present(transaction.one("lot_shown", lot_code="T"))["on_hand_kg"] == D("0.000002")


def parts(transaction, table: str) -> list:
    return ask(
        transaction,
        f"select lot_code, p.quantity_kg, p.quantity, p.unit from facts.{table} as p"
        " join lots using (lot_id) order by 1",
    ).fetchall()


def test_a_production_takes_pieces_in_and_its_new_lot_keeps_those_that_came_out(
    transaction, by
) -> None:
    record_production(
        transaction,
        by=by,
        production_code="P",
        inputs=[Parent("J", None, None, 20, "pcs")],
        outputs=[
            Output("JARS", quantity=16, unit="pcs", product_code="JAR"),
            Output("WHEY", quantity=3, unit="l", product_code="MILK"),
        ],
    )
    assert parts(transaction, "production_inputs") == [("J", 5, 20, "pcs")]
    assert parts(transaction, "production_outputs") == [
        ("JARS", 4, 16, "pcs"),
        ("WHEY", None, 3, "l"),
    ]
    made = ask(
        transaction, "select lot_code, weight_kg, quantity, unit from lots where lot_id > 2"
    ).fetchall()
    assert {row[0]: row[1:] for row in made if row[0] in ("JARS", "WHEY")} == {
        "JARS": (4, 16, "pcs"),
        "WHEY": (None, 3, "l"),
    }
    with pytest.raises(BadValue, match="what 5 l of lot J weigh"):
        record_production(
            transaction,
            by=by,
            production_code="Q",
            inputs=[Parent("J", None, None, 5, "l")],
            outputs=[Output("CURD", 1)],
        )


def test_litres_that_nobody_weighed_go_into_a_production_in_litres(transaction, by) -> None:
    used = [Parent("M", None, None, 5, "l")]
    record_production(
        transaction, by=by, production_code="P", inputs=used, outputs=[Output("CURD", 1)]
    )

    assert parts(transaction, "production_inputs") == [("M", None, 5, "l")]
    assert present(transaction.one("lot_shown", lot_code="M"))["on_hand_quantity"] == 35


def test_pieces_that_went_into_productions_leave_the_rest_of_them_known(transaction, by) -> None:
    """20 of 40 jars into one lot, 7 shared by mass, 3 and 1 kg: 5.25 and 1.75; 13 are left."""
    for code, pieces, outputs in (
        ("P", 20, [Output("A", 5)]),
        ("Q", 7, [Output("B", 3), Output("C", 1)]),
    ):
        used = [Parent("J", None, None, pieces, "pcs")]
        record_production(transaction, by=by, production_code=code, inputs=used, outputs=outputs)

    links = ask(transaction, "select quantity, unit from lot_genealogy order by link_id").fetchall()
    assert links == [(20, "pcs"), (D("5.25"), "pcs"), (D("1.75"), "pcs")]
    assert present(transaction.one("lot_shown", lot_code="J"))["on_hand_quantity"] == 13
