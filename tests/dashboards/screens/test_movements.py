"""What else happens to a lot is recorded on its page, shown there, and can be voided there."""

from dashboards.commands.decisions import decide
from tests.engines import ask
from tests.plants import button, just_confirmed

WHY = "said by the test that moves it"
LOT = "FG-DONER-X1"


def moved(record) -> list[tuple]:
    with record.transaction() as transaction:
        select = (
            "select kind, movements.quantity_kg, shipment_code from movements left join shipments "
            "using (shipment_id) order by movement_id"
        )
        return ask(transaction, select).fetchall()


def record_move(app, kind: str, kg: str, reason: str = WHY):
    app.selectbox(key="move_kind").select(kind).run()
    app.text_input(key="move_kg").input(kg)
    app.text_input(key="move_reason").input(reason)
    button(app, "move_save").click().run()
    assert not app.exception
    return app


def left(app) -> str:
    return next(one.value for one in app.metric if one.label == "Left")


def shown(app, column: str):
    return next(one.value for one in app.dataframe if column in set(one.value))


def test_what_comes_back_is_on_hand_and_waits_for_a_decision(screen, plant, record) -> None:
    app = record_move(screen("lots", "OPERATOR", lot=LOT), "RETURNED", "15,5")

    assert moved(record) == [("RETURNED", 15.5, "SH-1")]
    assert left(app) == "245.5 kg"
    assert any("15.5 kg came back from a customer" in one.value for one in app.warning)
    assert shown(app, "partner_name")["partner_name"].to_list() == ["Kebab Palota"]
    app = record_move(app, "RETURNED", "284.501")
    assert any("are still with Kebab Palota" in one.value for one in [*app.error, *app.warning])
    assert len(moved(record)) == 1


def test_what_came_back_stands_in_the_queue_until_somebody_decides(
    screen, plant, record, people
) -> None:
    """The lot is released still, so no gate waits for it: the goods would stand unseen."""
    record_move(screen("lots", "OPERATOR", lot=LOT), "RETURNED", "15,5")
    app = screen("qc_decisions")

    assert any("Came back from a customer (1)" in one.value for one in app.markdown)
    assert shown(app, "returned_kg")[["lot_code", "returned_kg"]].values.tolist() == [[LOT, 15.5]]
    with record.transaction() as transaction:
        manager = people["MANAGER"]
        signed = just_confirmed(manager)
        decide(
            transaction, by=manager, lot_code=LOT, decision="PASS", gate_id=8, confirmation=signed
        )
    app = screen("qc_decisions")
    assert not any("Came back" in one.value for one in app.markdown)


def test_a_count_shows_its_difference_and_what_is_accounted_for(screen, plant, record) -> None:
    app = screen("lots", "OPERATOR", lot=LOT)
    assert any("56.6% (○ incomplete" in one.value for one in app.caption)
    app = record_move(app, "COUNTED", "227", reason="")

    assert left(app) == "227 kg"
    assert shown(app, "difference_kg")["difference_kg"].to_list() == [-3]
    assert any("99.4% (✕ outside the band)" in one.value for one in app.caption)
    app = screen("lots", "MANAGER", lot=LOT)
    voidable = app.selectbox(key="void_fact").options
    app.selectbox(key="void_fact").select_index(
        next(at for at, said in enumerate(voidable) if said.startswith("Counted"))
    )
    app.text_input(key="void_reason").input(WHY)
    button(app, "void_save").click().run()
    assert left(app) == "230 kg"
    assert "movement COUNTED" in shown(app, "voided_by")["fact"].to_list()


def test_more_than_is_there_is_refused_with_what_was_typed_kept(screen, plant, record) -> None:
    app = record_move(screen("lots", "OPERATOR", lot=LOT), "WASTE", "231")

    assert moved(record) == []
    assert any("has 230 kg left" in one.value for one in [*app.error, *app.warning])
    assert app.text_input(key="move_kg").value == "231"
