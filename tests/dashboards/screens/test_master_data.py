"""Products, partners and runs are kept on one screen; whoever may not change them reads."""

from decimal import Decimal as D

from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import change_master, register_master
from sql.process_words import StorageClass
from tests.plants import button

WHY = "found on the new price list"


def known(record, master: Master, code: str):
    with record.snapshot() as snapshot:
        (row,) = snapshot.all(f"known_{master}", codes=[code])
    return row


def test_a_partner_is_added_changed_and_read_back(screen, plant, record) -> None:
    app = screen("master_data")
    app.segmented_control(key="master_kind").set_value(Master.PARTNER).run()
    app.text_input(key="master_new_partners_code").input("XR-C")
    app.text_input(key="master_new_partners_name").input("Sample Customer")
    app.multiselect(key="master_new_partners_role").set_value(["CUSTOMER"])
    button(app, "master_new_partners_save").click().run()
    assert "XR-C is in the record" in app.success[0].value

    app.selectbox(key="master_row_partners").select("XR-C").run()
    app.text_input(key="master_change_partners_phone").input("+36 1 555 0100")
    app.multiselect(key="master_change_partners_role").set_value(["CUSTOMER", "SUPPLIER"])
    app.text_input(key="master_change_partners_reason").input(WHY)
    button(app, "master_change_partners_save").click().run()

    assert not app.error and "is changed" in app.success[0].value
    row = known(record, Master.PARTNER, "XR-C")
    assert (row["phone"], row["role"]) == ("+36 1 555 0100", "SUPPLIER;CUSTOMER")
    history = app.dataframe[-1].value
    assert history[["field", "old", "new"]].values.tolist() == [
        ["Phone", "", "+36 1 555 0100"],
        ["It is a", "customer", "supplier, customer"],
        ["registered", "", ""],
    ]
    assert list(history["reason"])[:2] == [WHY, WHY] and set(history["written_by"]) == {"Manager"}


def test_a_product_is_added_with_every_choice_made_and_its_form_stands_empty(
    screen, record
) -> None:
    app = screen("master_data")
    app.text_input(key="master_new_products_code").input("BUN")
    app.text_input(key="master_new_products_name").input("Bun")
    app.selectbox(key="master_new_products_unit").select("pcs")
    app.selectbox(key="master_new_products_storage_class").select(StorageClass.CHILLED)
    app.text_input(key="master_new_products_kg_per_unit").input("0.083")
    button(app, "master_new_products_save").click().run()

    assert not app.exception and "BUN is in the record" in app.success[0].value
    row = known(record, Master.PRODUCT, "BUN")
    assert (row["unit"], row["storage_class"]) == ("pcs", "CHILLED")
    assert app.text_input(key="master_new_products_code").value == ""
    for chosen in ("unit", "storage_class"):
        assert app.selectbox(key=f"master_new_products_{chosen}").value is None


def test_a_run_is_opened_and_closed(screen, record) -> None:
    app = screen("master_data")
    app.segmented_control(key="master_kind").set_value(Master.RUN).run()
    app.text_input(key="master_new_production_runs_code").input("R-1")
    app.text_input(key="master_new_production_runs_daily_target_kg").input("1250.5")
    button(app, "master_new_production_runs_save").click().run()
    app.selectbox(key="master_row_production_runs").select("R-1").run()
    assert known(record, Master.RUN, "R-1")["status"] == "ACTIVE"

    button(app, "master_close_production_runs_save").click().run()

    row = known(record, Master.RUN, "R-1")
    assert (row["status"], float(row["daily_target_kg"])) == ("COMPLETED", 1250.5)
    assert row["ended_at"] >= row["started_at"] and "Run R-1 is closed" in app.success[0].value


def test_two_people_who_change_one_row_are_told_of_each_other(
    screen, plant, record, people
) -> None:
    app = screen("master_data")
    app.selectbox(key="master_row_products").select("CHK15").run()
    with record.transaction() as transaction:
        change_master(
            transaction,
            by=people["ADMIN"],
            master=Master.PRODUCT,
            code="CHK15",
            said={"name": "Chicken"},
            reason=WHY,
            based_on=None,
        )
    app.text_input(key="master_change_products_name").input("Hen")
    app.text_input(key="master_change_products_reason").input(WHY)
    button(app, "master_change_products_save").click().run()

    assert "was changed meanwhile" in app.error[0].value and "by Admin" in app.error[0].value
    assert known(record, Master.PRODUCT, "CHK15")["name"] == "Chicken"


def test_who_may_not_change_reads_the_lists_and_histories(screen, plant) -> None:
    app = screen("master_data", "VIEWER")
    app.selectbox(key="master_row_products").select("CHK15").run()

    assert not app.button and len(app.dataframe) == 2
    assert "Your role reads master data" in app.caption[0].value


def test_a_wrong_check_digit_is_asked_about_and_taken_when_confirmed(screen, plant, record) -> None:
    app = screen("master_data")
    app.selectbox(key="master_row_products").select("CHK15").run()
    app.text_input(key="master_change_products_gtin").input("05991234000026")
    app.text_input(key="master_change_products_reason").input(WHY)
    button(app, "master_change_products_save").click().run()
    assert "check digit of GTIN" in app.warning[0].value

    app.checkbox(key="master_change_products_confirmed").check()
    button(app, "master_change_products_save").click().run()
    assert known(record, Master.PRODUCT, "CHK15")["gtin"] == "05991234000026"


def test_a_product_is_retired_and_taken_back_by_hand(screen, plant, record) -> None:
    with record.snapshot() as snapshot:
        code = snapshot.all("products_known")[0]["product_code"]

    def retire(is_retired: bool) -> list[str]:
        app = screen("master_data")
        app.selectbox(key="master_row_products").select(code).run()
        box = app.checkbox(key="master_change_products_is_retired")
        assert box.value is not is_retired
        box.set_value(is_retired)
        app.text_input(key="master_change_products_reason").input(WHY)
        button(app, "master_change_products_save").click().run()
        with record.snapshot() as snapshot:
            return [row["product_code"] for row in snapshot.all("products_known")]

    assert code not in retire(True)
    assert code in retire(False)


def test_what_was_said_of_a_product_does_not_stand_over_the_partners(screen) -> None:
    app = screen("master_data")
    app.text_input(key="master_new_products_code").input("BUN")
    app.text_input(key="master_new_products_name").input("Bun")
    button(app, "master_new_products_save").click().run()
    assert "BUN is in the record" in app.success[0].value

    app.segmented_control(key="master_kind").set_value(Master.PARTNER).run()

    assert not app.success


def test_a_history_shows_numbers_as_they_were_typed(screen, record, people) -> None:
    with record.transaction() as transaction:
        said = {"name": "Bun", "unit": "pcs", "kg_per_unit": D("0.35")}
        by = people["MANAGER"]
        register_master(transaction, by=by, master=Master.PRODUCT, code="BUN", said=said)
        change_master(
            transaction,
            by=by,
            master=Master.PRODUCT,
            code="BUN",
            said={**said, "kg_per_unit": D("1200.5")},
            reason=WHY,
            based_on=known_revision(transaction, "BUN"),
        )
    app = screen("master_data")
    app.selectbox(key="master_row_products").select("BUN").run()

    history = app.dataframe[-1].value
    assert history[["field", "old", "new"]].values.tolist()[0] == [
        "Kilograms a unit",
        "0.35",
        "1,200.5",
    ]


def known_revision(transaction, code: str) -> int:
    (row,) = transaction.all("products_listed", search=code, most=1)
    return row["revision_id"]


def test_a_product_that_is_counted_in_kilograms_says_so(screen, record, people) -> None:
    with record.transaction() as transaction:
        by = people["MANAGER"]
        for code, unit in (("CHEESE", None), ("BUN", "pcs")):
            said = {"name": code, "unit": unit}
            register_master(transaction, by=by, master=Master.PRODUCT, code=code, said=said)

    listed = screen("master_data").dataframe[0].value.set_index("product_code")

    assert listed["unit"].to_dict() == {"CHEESE": "kg", "BUN": "pcs"}
