"""The screen of productions records several lots in and out at once, lists them, and voids one."""

from datetime import UTC, datetime
from decimal import Decimal as D

from dashboards.commands.lots import register_lot
from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import register_master
from tests.engines import ask
from tests.plants import button

LINKS = (
    "select p.lot_code, c.lot_code, g.quantity_kg from lot_genealogy as g"
    " join lots as p on p.lot_id = g.parent_lot_id join lots as c on c.lot_id = g.child_lot_id"
    " where g.production_id is not null order by c.lot_code"
)


def fill(app, taken_kg: str = "10"):
    app.text_input(key="made_code").input("VAT-7")
    app.selectbox(key="made_parent").select("RAW-SPICE-001")
    app.button(key="made_parent_add").click().run()
    app.text_input(key="made_kg_RAW-SPICE-001").input(taken_kg)
    app.button(key="made_add_output").click().run()
    for number, code, kg in ((1, "CURD", "2,5"), (2, "WHEY", "7")):
        app.text_input(key=f"made_out{number}_code").input(code)
        app.text_input(key=f"made_out{number}_kg").input(kg)
    app.selectbox(key="made_out2_kind").select("CO_PRODUCT")
    return app.run()


def said(app) -> str:
    return " ".join(one.value for one in [*app.caption, *app.warning]).replace("\\", "")


def test_a_production_is_recorded_with_its_new_lots_and_links(screen, plant, record) -> None:
    app = fill(screen("productions", "OPERATOR"))
    assert "0.5 kg not accounted for" in said(app)

    button(app, "made_save").click().run()

    assert "VAT-7 is recorded" in app.success[0].value.replace("\\", "")
    assert app.text_input(key="made_code").value == ""
    assert not [field for field in app.text_input if field.value == "CURD"]
    with record.snapshot() as snapshot:
        # 10 kg by 2.5 and 7 of 9.5 kg: 2.631..., 7.368...
        known = ask(snapshot, LINKS).fetchall()
        assert [(a, b, round(kg, 3)) for a, b, kg in known] == [
            ("RAW-SPICE-001", "CURD", D("2.632")),
            ("RAW-SPICE-001", "WHEY", D("7.368")),
        ]
        weights = "select lot_code, weight_kg from lots where lot_code in ('CURD', 'WHEY')"
        assert dict(ask(snapshot, weights).fetchall()) == {"CURD": D("2.5"), "WHEY": D(7)}


def test_what_the_record_refuses_stays_as_it_was_typed(screen, plant, record) -> None:
    app = fill(screen("productions", "OPERATOR"), taken_kg="10,5")
    button(app, "made_save").click().run()

    assert "10 kg left" in app.error[0].value
    assert app.text_input(key="made_out1_code").value == "CURD"
    with record.snapshot() as snapshot:
        assert ask(snapshot, LINKS).fetchall() == []
        assert snapshot.value("lot_id_by_code", lot_code="CURD") is None


def test_more_out_than_in_is_said_before_it_is_recorded(screen, plant) -> None:
    app = fill(screen("productions", "OPERATOR"), taken_kg="9")
    assert "0.5 kg more than went in" in said(app)


def test_litres_take_their_products_unit_and_are_weighed_before_they_are_recorded(
    screen, plant, record, people
) -> None:
    """1,000 l of a tanker that was weighed: 1,020 kg; 995 l out at 1.03 kg come to 1,024.85 kg."""
    with record.transaction() as transaction:
        milk = ("MILK", "Milk", "l", D("1.03"))
        transaction.copy("facts.products", ["product_code", "name", "unit", "kg_per_unit"], [milk])
        tanker = {"lot_code": "TANK", "lot_type": "RAW", "product_code": "MILK"}
        amount = {"weight_kg": 1020, "quantity": 1000, "unit": "l"}
        register_lot(transaction, by=people["OPERATOR"], **tanker, **amount)
    app = screen("productions", "OPERATOR")
    app.selectbox(key="made_parent").select("TANK")
    app.button(key="made_parent_add").click().run()
    app.selectbox(key="made_out1_product").select("MILK").run()
    for key, litres in (("made_TANK_", "1000"), ("made_out1_", "995")):
        assert app.selectbox(key=f"{key}unit").value == "l"
        app.text_input(key=f"{key}quantity").input(litres)
    app.run()

    assert "In 1,020 kg · out 1,024.85 kg · waste not said" in said(app)
    app.text_input(key="made_waste_kg").input("0").run()
    assert "waste 0 kg · " in said(app)
    assert "4.85 kg more than went in" in said(app)

    app.text_input(key="made_out1_kg").input("102").run()
    assert "995 l of MILK come to 1,024.85 kg, and 102 kg is typed" in said(app)
    app.text_input(key="made_out1_kg").input("1000").run()
    assert "is typed" not in said(app)


def test_who_only_reads_sees_what_is_recorded_and_no_form(screen, plant) -> None:
    app = screen("productions", "AUDITOR")
    assert not [field for field in app.text_input if field.key == "made_code"]
    assert "An operator, manager or administrator records them" in app.info[0].value


def test_where_a_production_was_made_is_not_carried_into_the_next(
    screen, plant, record, people
) -> None:
    with record.transaction() as transaction:
        register_master(
            transaction,
            by=people["MANAGER"],
            master=Master.RUN,
            code="RUN-7",
            said={"status": "ACTIVE", "started_at": datetime.now(UTC)},
        )
    app = fill(screen("productions", "OPERATOR"))
    app.text_input(key="made_place").input("SILO1")
    app.selectbox(key="made_run").select("RUN-7")
    button(app, "made_save").click().run()

    assert "VAT-7 is recorded" in app.success[0].value.replace("\\", "")
    assert app.text_input(key="made_place").value == ""
    assert app.selectbox(key="made_run").value is None


def test_what_was_said_of_a_production_goes_with_the_next_ones_code(screen, plant) -> None:
    app = fill(screen("productions", "OPERATOR"))
    button(app, "made_save").click().run()
    assert app.success

    app.text_input(key="made_code").input("VAT-8").run()

    assert not app.success
