"""Pieces are entered where a product is counted: on Packing, on a lot's Move and on Productions."""

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import register_lot
from dashboards.commands.packing import pack_lot, pack_unit
from tests.engines import ask
from tests.plants import button

PALLET = "059012345000000036"


@pytest.fixture
def jars(record, people) -> None:
    """Have 40 jars of 0.25 kg, weighed by their product, and 40 l of milk that nobody weighed."""
    with record.transaction() as transaction:
        ask(
            transaction,
            "insert into facts.products (product_code, name, unit, kg_per_unit)"
            " values ('JAR', 'Jar', 'pcs', 0.25), ('MILK', 'Milk', 'l', null)",
        )
        for code, product, unit in (("J-1", "JAR", "pcs"), ("M-1", "MILK", "l")):
            register_lot(
                transaction,
                by=people["OPERATOR"],
                lot_code=code,
                lot_type="MIX",
                product_code=product,
                quantity=40,
                unit=unit,
            )


def rows(record, sql: str) -> list:
    with record.snapshot() as snapshot:
        return ask(snapshot, sql).fetchall()


def said(app) -> str:
    return " ".join(one.value for one in [*app.success, *app.error, *app.info]).replace("\\", "")


def pack(app, code: str, number: str, unit: str):
    app.text_input(key="pack_lot_code").input(code)
    app.text_input(key="pack_lot_quantity").input(number)
    app.selectbox(key="pack_lot_unit").select(unit)
    return button(app, "pack_lot_save").click().run()


def test_pieces_are_packed_by_what_one_weighs_and_what_nobody_weighed_is_refused(
    screen, jars, record
) -> None:
    app = screen("packing", "OPERATOR")
    app = app.text_input(key="packing_sscc").input(PALLET).run()
    app = app.text_input(key="pack_lot_code").input("J-1").run()
    assert "40 pcs" in " ".join(one.value for one in app.text)
    app = pack(app, "J-1", "12", "pcs")
    assert f"J-1 is in unit {PALLET}" in said(app)
    app = pack(app, "M-1", "5", "l")
    assert "Nobody knows what 5 l of lot M-1 weigh" in said(app)
    assert app.text_input(key="pack_lot_quantity").value == "5"
    assert rows(record, "select quantity_kg from packed") == [(3,)]
    app = app.text_input(key="pack_lot_code").input("J-1").run()
    assert "3 kg of it packed" in " ".join(one.value for one in app.text)


def test_pieces_are_taken_out_and_moved_as_waste(screen, jars, record, people) -> None:
    with record.transaction() as transaction:
        pack_lot(
            transaction, by=people["OPERATOR"], sscc=PALLET, lot_code="J-1", quantity=12, unit="pcs"
        )
    app = screen("packing", "OPERATOR")
    app = app.text_input(key="packing_sscc").input(PALLET).run()
    app.selectbox(key="pack_out_what").select(("lot_code", "J-1"))
    app.text_input(key="pack_out_quantity").input("4")
    app.selectbox(key="pack_out_unit").select("pcs")
    button(app, "pack_out_save").click().run()
    assert rows(record, "select quantity_kg from packed") == [(2,)]

    app = screen("lots", "OPERATOR", lot="J-1")
    app = app.selectbox(key="move_kind").select("WASTE").run()
    app.text_input(key="move_quantity").input("2")
    assert app.selectbox(key="move_unit").value == "pcs"
    button(app, "move_save").click().run()
    assert rows(record, "select kind, quantity_kg from movements") == [("WASTE", 0.5)]
    app = app.selectbox(key="move_kind").select("COUNTED").run()
    assert any("2 kg of it stand packed: count them too" in one.value for one in app.info)


def test_what_keeps_a_unit_here_is_said_and_packing_it_is_no_use_of_it(
    screen, jars, record, people
) -> None:
    """A lot on HOLD stands somewhere, too; the case on the pallet keeps the pallet."""
    case = "059012345000000012"
    with record.transaction() as transaction:
        decide(
            transaction,
            by=people["OPERATOR"],
            lot_code="J-1",
            decision="HOLD",
            notes="waits for the laboratory",
        )
        pack_lot(transaction, by=people["OPERATOR"], sscc=case, lot_code="J-1", quantity_kg=1)
        pack_unit(transaction, by=people["OPERATOR"], sscc=PALLET, inner_sscc=case)
    app = screen("packing", "OPERATOR")
    app = app.text_input(key="packing_sscc").input(PALLET).run()
    warned = " ".join(one.value for one in app.warning).replace("\\", "")
    assert "It can't leave as it is, for J-1 (‖ On HOLD)." in warned
