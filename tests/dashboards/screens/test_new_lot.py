"""The new-lot screen writes a lot and its parents together, or keeps what was typed."""

from dashboards.commands.places import register_place
from tests.plants import button


def fill(app, code: str, taken_kg: float):
    app.text_input(key="new_lot_code").input(code)
    app.selectbox(key="new_lot_type").select("MIX")
    app.text_input(key="new_weight_kg").input("10")
    app.selectbox(key="new_parent").select("RAW-SPICE-001")
    app.button(key="new_parent_add").click().run()
    app.text_input(key="new_kg_RAW-SPICE-001").input(str(taken_kg))
    return button(app, "new_register").click().run()


def test_a_lot_is_registered_with_what_went_in(screen, plant, record) -> None:
    app = fill(screen("new_lot", "OPERATOR"), "MIX-NEW", 10.0)

    assert "MIX-NEW" in app.success[0].value.replace("\\", "")
    assert app.button(key="new_open") and app.text_input(key="new_lot_code").value == ""
    with record.transaction() as transaction:
        assert transaction.one("lot_to_act_on", lot_code="RAW-SPICE-001")["given_out_kg"] == 50


def test_too_much_is_refused_and_all_that_was_typed_stays(screen, plant, record) -> None:
    app = fill(screen("new_lot", "OPERATOR"), "MIX-NEW", 10.5)

    assert "10 kg left" in app.error[0].value
    assert app.text_input(key="new_lot_code").value == "MIX-NEW"
    assert app.text_input(key="new_kg_RAW-SPICE-001").value == "10.5"
    with record.transaction() as transaction:
        assert transaction.value("lot_id_by_code", lot_code="MIX-NEW") is None


def test_a_parent_can_be_taken_off_the_list(screen, plant) -> None:
    app = screen("new_lot", "OPERATOR")
    app.selectbox(key="new_parent").select("RAW-SPICE-001")
    app.button(key="new_parent_add").click().run()
    app.button(key="new_remove_RAW-SPICE-001").click().run()

    assert all(field.key != "new_kg_RAW-SPICE-001" for field in app.text_input)


def test_used_up_lots_are_not_offered(screen, plant) -> None:
    offered = screen("new_lot", "OPERATOR").selectbox(key="new_parent").options

    assert not any("RAW-BEEF-001" in option for option in offered)


def test_a_viewer_is_told_who_registers(screen) -> None:
    app = screen("new_lot", "VIEWER")

    assert "operator" in app.info[0].value and not app.button


def test_a_manager_registers_what_is_far_from_usual_with_a_reason_and_an_operator_does_not(
    screen, plant, record
) -> None:
    """The reference process takes lots up to 10,000 kg for plausible."""
    app = screen("new_lot", "MANAGER")
    app.text_input(key="new_lot_code").input("TANKER")
    app.text_input(key="new_weight_kg").input("24850")
    button(app, "new_register").click().run()
    assert "a manager registers it and says why" in app.error[0].value

    app.text_input(key="new_beyond_reason").input("a whole tanker of brine")
    button(app, "new_register").click().run()
    assert "TANKER" in app.success[0].value
    assert app.text_input(key="new_beyond_reason").value == ""
    with record.snapshot() as snapshot:
        assert snapshot.one("lot_to_act_on", lot_code="TANKER")["weight_kg"] == 24850
    drawn = [field.key for field in screen("new_lot", "OPERATOR").text_input]
    assert "new_lot_code" in drawn and "new_beyond_reason" not in drawn


def test_where_a_lot_stands_is_not_carried_into_the_next(screen, plant, record, people) -> None:
    with record.transaction() as transaction:
        register_place(transaction, by=people["MANAGER"], place_code="SILO1", name="Silo 1")
    app = screen("new_lot", "OPERATOR")
    app.selectbox(key="new_place_code").select("SILO1")
    app = fill(app, "MIX-NEW", 10.0)

    assert app.success and app.selectbox(key="new_place_code").value is None


def test_the_lot_that_was_saved_is_named_where_it_is_opened_until_the_next_has_a_code(
    screen, plant
) -> None:
    app = fill(screen("new_lot", "OPERATOR"), "MIX-NEW", 10.0)
    assert "MIX-NEW" in app.button(key="new_open").label.replace("\\", "")

    app.text_input(key="new_lot_code").input("MIX-NEXT").run()

    assert not app.success
    assert "new_open" not in [one.key for one in app.button]


def test_the_plants_code_and_the_labels_are_told_apart(screen, plant) -> None:
    labels = {field.key: field.label for field in screen("new_lot", "OPERATOR").text_input}
    assert labels["new_lot_code"] == "Lot code, this plant's own"
    assert labels["new_printed_code"] == "Code on its label, where that is another"
