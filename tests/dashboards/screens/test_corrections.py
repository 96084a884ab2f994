"""Correcting, withdrawing, signing and looking back on the screens; one click, one write."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from dashboards.commands.master_kinds import Master
from dashboards.commands.masters import change_master, register_master
from sql.trail.audit import verify
from tests.engines import engine_of
from tests.plants import button

WHY = "typed at the wrong terminal"
PASSWORD = "lotline-demo"


def ask(record, query: str, **parameters):
    with record.transaction() as transaction:
        return transaction.all(query, **parameters)


def test_a_lot_is_corrected_and_its_old_values_stay_readable(screen, plant, record) -> None:
    app = screen("lots", lot="RAW-SPICE-001")
    app.text_input(key="correct_weight_kg").input("48.25")
    app.text_input(key="correct_reason").input(WHY)
    button(app, "correct_save").click().run()

    assert "corrected" in app.success[0].value
    assert [row["weight_kg"] for row in ask(record, "corrections_of_lot", lot_id=2)] == [
        50,
        pytest.approx(48.25),
    ]
    history = next(frame.value for frame in app.dataframe if "written_by" in frame.value)
    assert list(history["weight_kg"]) == [50, 48.25]


def test_a_weight_that_is_not_plausible_is_asked_about_and_then_taken(
    screen, plant, record
) -> None:
    app = screen("lots", lot="RAW-BEEF-001")
    app.text_input(key="correct_weight_kg").input("24850")
    app.text_input(key="correct_reason").input(WHY)
    button(app, "correct_save").click().run()
    assert not app.exception and "24850" in app.warning[0].value
    [lot] = ask(record, "lot_shown", lot_code="RAW-BEEF-001")
    assert lot["weight_kg"] == 500

    app.checkbox(key="correct_confirmed").check()
    button(app, "correct_save").click().run()

    [lot] = ask(record, "lot_shown", lot_code="RAW-BEEF-001")
    assert lot["weight_kg"] == 24850 and "corrected" in app.success[0].value


@pytest.fixture
def buns(record, people) -> None:
    """Register 240 buns of 83 g."""
    by, said = people["MANAGER"], {"name": "Bun", "unit": "pcs", "kg_per_unit": "0.083"}
    with record.transaction() as transaction:
        register_master(transaction, by=by, master=Master.PRODUCT, code="BUN", said=said)
        buns = {"lot_code": "BUNS", "product_code": "BUN", "quantity": 240, "unit": "pcs"}
        register_lot(transaction, by=by, **buns)


def test_it_is_said_which_count_follows_a_weight_before_it_does(screen, buns, record) -> None:
    app = screen("lots", lot="BUNS")
    app.text_input(key="correct_weight_kg").input("19.09")
    app.text_input(key="correct_reason").input(WHY)
    button(app, "correct_save").click().run()
    assert "lot BUNS of 19.09 kg will be 230 pcs" in app.warning[0].value
    assert ask(record, "lot_shown", lot_code="BUNS")[0]["quantity"] == 240

    app.checkbox(key="correct_confirmed").check()
    button(app, "correct_save").click().run()

    [lot] = ask(record, "lot_shown", lot_code="BUNS")
    assert (float(lot["weight_kg"]), lot["quantity"]) == (19.09, 230)
    assert app.text_input(key="correct_quantity").value == "230"


def test_who_ticks_that_it_was_weighed_so_keeps_the_count(screen, buns, record) -> None:
    app = screen("lots", lot="BUNS")
    app.text_input(key="correct_weight_kg").input("19.09")
    app.text_input(key="correct_reason").input(WHY)
    app.checkbox(key="correct_weighed_so").check()
    button(app, "correct_save").click().run()

    assert "corrected" in app.success[0].value
    [lot] = ask(record, "lot_shown", lot_code="BUNS")
    assert (float(lot["weight_kg"]), lot["quantity"]) == (19.09, 240)
    assert not app.checkbox(key="correct_weighed_so").value


def test_an_amount_in_a_unit_is_corrected_beside_the_weight(screen, plant, record) -> None:
    app = screen("lots", lot="RAW-SPICE-001")
    app.text_input(key="correct_quantity").input("10")
    app.selectbox(key="correct_unit").select("bag")
    app.text_input(key="correct_reason").input(WHY)
    button(app, "correct_save").click().run()

    [lot] = ask(record, "lot_shown", lot_code="RAW-SPICE-001")
    assert (lot["weight_kg"], lot["quantity"], lot["unit"]) == (50, 10, "bag")


def test_a_suppliers_lot_typed_wrong_is_put_right(screen, plant, record) -> None:
    app = screen("lots", lot="RAW-SPICE-001")
    app.selectbox(key="correct_supplier").select("SUP")
    app.text_input(key="correct_supplier_lot").input("P-4471")
    app.text_input(key="correct_reason").input(WHY)
    button(app, "correct_save").click().run()

    assert "corrected" in app.success[0].value
    assert app.text_input(key="correct_supplier_lot").value == "P-4471"
    [lot] = ask(record, "lot_shown", lot_code="RAW-SPICE-001")
    assert (lot["supplier_name"], lot["supplier_lot_code"]) == ("Farm", "P-4471")
    assert lot["weight_kg"] == 50


def test_the_form_is_filled_anew_for_another_lot(screen, plant) -> None:
    app = screen("lots", lot="RAW-SPICE-001")
    app.query_params["lot"] = "RAW-BEEF-001"
    app.run()

    assert app.text_input(key="correct_weight_kg").value == "500"


def test_a_void_needs_its_reason_and_takes_the_link_out(screen, plant, record) -> None:
    app = screen("lots", lot="MIX-BATCH-88")
    app.session_state["void_fact"] = ("link", 1)
    app.text_input(key="void_reason").input("short")
    button(app, "void_save").click().run()
    assert "at least 10 characters" in app.error[0].value

    app.text_input(key="void_reason").input(WHY)
    button(app, "void_save").click().run()
    assert "voided" in app.success[0].value
    assert len(ask(record, "parents_of_lot", lot_id=3)) == 1
    assert [row["reason"] for row in ask(record, "voided_facts_of_lot", lot_id=3)] == [WHY]


def two_days_ago(app, form: str) -> str:
    """Type a time on the floor into a form, and say it as the site's clock does."""
    day = (datetime.now(ZoneInfo("Europe/Budapest")) - timedelta(days=2)).date()
    app.date_input(key=f"{form}_floor_day").set_value(day)
    app.time_input(key=f"{form}_floor_time").set_value(time(6, 15))
    return f"{day} 06:15"


def test_a_void_keeps_when_the_mistake_was_found_and_is_marked_late(screen, plant) -> None:
    app = screen("lots", lot="MIX-BATCH-88")
    app.session_state["void_fact"] = ("link", 1)
    app.text_input(key="void_reason").input(WHY)
    said = two_days_ago(app, "void")
    button(app, "void_save").click().run()

    voided = next(frame.value for frame in app.dataframe if "voided_at" in frame.value)
    assert f"{voided['voided_at'][0]:%Y-%m-%d %H:%M}" == said
    assert voided["void_late"][0].endswith("later")
    assert app.time_input(key="void_floor_time").value is None


def test_a_withdrawal_keeps_when_the_mistake_was_found_and_is_marked_late(screen, plant) -> None:
    app = screen("lots", lot="FG-DONER-X1")
    app.session_state["withdraw_decision"] = 1
    app.text_input(key="withdraw_reason").input(WHY)
    app.text_input(key="withdraw_password").input(PASSWORD)
    said = two_days_ago(app, "withdraw")
    button(app, "withdraw_save").click().run()

    decisions = next(frame.value for frame in app.dataframe if "withdrawn" in frame.value)
    assert f"✕ Manager, {said} ↷" in decisions["withdrawn"][0]
    assert decisions["withdrawn"][0].endswith(f"later: {WHY}")


@pytest.mark.parametrize("password", ["", "not the password"])
def test_a_withdrawal_without_the_password_writes_nothing(screen, plant, record, password) -> None:
    app = screen("lots", lot="FG-DONER-X1")
    app.session_state["withdraw_decision"] = 1
    app.text_input(key="withdraw_reason").input(WHY)
    app.text_input(key="withdraw_password").input(password)
    button(app, "withdraw_save").click().run()

    assert "password" in app.error[0].value
    assert ask(record, "decisions_of_lot", lot_id=4)[0]["withdrawn_at"] is None


def test_a_withdrawn_decision_stays_on_the_screen(screen, plant) -> None:
    app = screen("lots", lot="FG-DONER-X1")
    app.session_state["withdraw_decision"] = 1
    app.text_input(key="withdraw_reason").input(WHY)
    app.text_input(key="withdraw_password").input(PASSWORD)
    button(app, "withdraw_save").click().run()

    decisions = next(frame.value for frame in app.dataframe if "withdrawn" in frame.value)
    assert WHY in decisions["withdrawn"][0] and "Manager: release" in decisions["signature"][0]


def test_a_lot_of_a_retired_product_keeps_it_when_another_value_is_corrected(
    screen, plant, record, people
) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        code = transaction.all("products_known")[0]["product_code"]
        register_lot(transaction, by=by, lot_code="OF-OLD", product_code=code, weight_kg=300)
        (held,) = transaction.all("known_products", codes=[code])
        said = {"name": held["name"], "is_retired": True}
        change_master(
            transaction,
            by=by,
            master=Master.PRODUCT,
            code=code,
            said=said,
            reason=WHY,
            based_on=held["revision_id"],
        )

    app = screen("lots", lot="OF-OLD")
    app.text_input(key="correct_weight_kg").input("290")
    app.text_input(key="correct_reason").input(WHY)
    button(app, "correct_save").click().run()

    assert not app.exception
    with record.snapshot() as snapshot:
        lot = snapshot.one("lot_shown", lot_code="OF-OLD")
    assert (lot["product_code"], lot["weight_kg"]) == (code, 290)


def test_an_operator_is_offered_no_correction(screen, plant) -> None:
    app = screen("lots", "OPERATOR", lot="MIX-BATCH-88")

    assert [one.key for one in app.button if (one.key or "").startswith(("correct", "void"))] == []


def fail(app, password: str):
    app.text_input(key="qc_temperature_1").input("9")
    app.text_area(key="qc_notes_1").input("far too warm inside")
    app.session_state["qc_decision_1"] = "FAIL"
    app.run()
    app.text_input(key="qc_password_1").input(password)
    return button(app, "qc_save").click().run()


def test_failing_a_lot_is_signed(screen, plant, record) -> None:
    app = fail(screen("qc_decisions", "OPERATOR", lot="RAW-BEEF-001"), PASSWORD)

    said = app.warning[0].value  # saved, and no green: the lot is rejected
    assert "Signed by Operator" in said and "rejects" in said
    decision = ask(record, "decisions_of_lot", lot_id=1)[0]
    assert (decision["meaning"], decision["method"]) == ("REJECT", "PASSWORD")
    assert len(decision["signed_hash"]) == 64


def test_a_wrong_password_saves_nothing_and_counts_as_a_failed_sign_in(
    screen, plant, record, database
) -> None:
    app = fail(screen("qc_decisions", "OPERATOR", lot="RAW-BEEF-001"), "not the password")

    assert app.error[0].value.startswith("The password is wrong; nothing was saved")
    assert app.text_input(key="qc_password_1").value == ""
    assert app.text_area(key="qc_notes_1").value == "far too warm inside"
    assert ask(record, "decisions_of_lot", lot_id=1) == []
    with engine_of(record).connect() as connection:
        failures = connection.exec_driver_sql("select count(*) from sign_in_failures").scalar()
    assert failures == 1


def typed_reading(app):
    """Fill the form for a reading."""
    app.text_input(key="reading_characteristic").input("core_temperature")
    app.text_input(key="reading_value").input("3.5")
    app.text_input(key="reading_unit").input("C")
    return app


def test_a_second_message_of_one_click_writes_nothing_more(screen, plant, record) -> None:
    """As a double click sends it: the same values, the same button, the same nonce, once more."""
    app = screen("lots", "OPERATOR", lot="RAW-BEEF-001")
    click = button(typed_reading(app), "reading_save")
    click.click().run()
    typed_reading(app)
    click.click().run()

    assert not app.exception
    assert len(ask(record, "readings_of_lot", lot_id=1)) == 1


def test_a_new_click_with_the_same_values_is_a_second_reading(screen, plant, record) -> None:
    """Who measures the same twice has measured twice."""
    app = screen("lots", "OPERATOR", lot="RAW-BEEF-001")
    button(typed_reading(app), "reading_save").click().run()
    button(typed_reading(app), "reading_save").click().run()

    assert len(ask(record, "readings_of_lot", lot_id=1)) == 2


def test_a_refusal_shows_what_was_typed_and_not_what_markdown_makes_of_it(screen, plant) -> None:
    """The unseen mark parts the emoji's name, where no backslash helps."""
    app = screen("lots", "OPERATOR", lot="RAW-BEEF-001")
    app.text_input(key="parent_code").input("**bold** :smile:")
    button(app, "parent_save").click().run()

    assert r"\*\*bold\*\* \::small[]smile" in app.error[0].value


def test_a_past_moment_shows_what_was_known_and_what_came_since(screen, plant, record) -> None:
    then = datetime.now(UTC).isoformat()
    app = screen("lots", lot="RAW-SPICE-001")
    app.text_input(key="correct_weight_kg").input("45")
    app.text_input(key="correct_reason").input(WHY)
    button(app, "correct_save").click().run()

    past = screen("lots", lot="RAW-SPICE-001", as_of=then)
    assert past.metric[0].value == "50 kg" and app.metric[0].value == "45 kg"
    assert "not as now" in past.warning[0].value
    assert not [one.key for one in past.button if "_save_" in (one.key or "")]
    since = next(frame.value for frame in past.dataframe if "change" in frame.value)
    assert list(since["change"]) == ["lot corrected"] and list(since["reason"]) == [WHY]


def test_a_trace_of_the_past_says_how_it_differs_now(screen, plant, record, people) -> None:
    from dashboards.commands.lots import Parent, register_lot

    then = datetime.now(UTC).isoformat()
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="PIE",
            weight_kg=5,
            parents=[Parent("RAW-SPICE-001", 5)],
        )
    app = screen("trace", lot="RAW-SPICE-001", as_of=then)

    assert "touches 2 other lots" in " ".join(text.value for text in app.text)
    assert any("1 lot came into the answer" in text.value for text in app.text)

    nobody = screen("trace", find="PIE", as_of=then)  # not offered either: it wasn't there
    assert any("Lots screen" in warning.value for warning in nobody.warning)
    assert not nobody.dataframe and not nobody.header


def test_a_share_halved_from_outside_the_answer_is_seen(screen, plant, record, people) -> None:
    """FG-DONER-X1 was all of the mix; since as much spice went in, half of it is."""
    then = datetime.now(UTC).isoformat()
    with record.transaction() as transaction:
        link_lots(
            transaction,
            by=people["OPERATOR"],
            parent_lot_code="RAW-SPICE-001",
            child_lot_code="FG-DONER-X1",
            quantity_kg=10,
        )
    app = screen("trace", lot="MIX-BATCH-88", as_of=then)

    said = " ".join(text.value for text in app.text)
    assert "read otherwise" in said and "the same" not in said
    changed = next(frame.value for frame in app.dataframe if "is_now" in frame.value)
    of_share = changed[(changed["lot_code"] == "FG-DONER-X1") & (changed["value"] == "Share")]
    assert of_share[["was", "is_now"]].values.tolist() == [["100%", "98.15%"]]


@pytest.mark.parametrize("moment", ["2999-01-01T00:00:00Z", "tomorrow", "", "0001-01-01"])
def test_a_moment_that_can_not_be_is_refused_with_words(screen, plant, moment) -> None:
    app = screen("trace", lot="RAW-SPICE-001", as_of=moment)

    assert app.error or moment == ""


def test_a_person_changes_the_password_and_is_signed_out(screen, people, record) -> None:
    from dashboards.commands.sign_in import sign_in

    app = screen("account", "VIEWER")
    new = "stroopwafel op maandag"
    for name, value in (("old", PASSWORD), ("new", new), ("again", new)):
        app.text_input(key=f"account_{name}").input(value)
    app.button(key="account_change").click().run()

    assert list(app.main)[1:] == []
    with record.transaction() as transaction:
        assert sign_in(transaction, email="viewer@demo.example", password=PASSWORD) is None
        assert sign_in(transaction, email="viewer@demo.example", password=new)


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "stroopwafel op maandag", "stroopwafel op maandag", "password is wrong"),
        (PASSWORD, "stroopwafel op maandag", "stroopwafel op dinsdag", "differ"),
        (PASSWORD, "password1234", "password1234", "easy to guess"),
        (PASSWORD, "short", "short", "12 to 1024"),
    ],
)
def test_a_password_that_can_not_be_is_refused_with_words(screen, people, old, new, again, said):
    app = screen("account", "VIEWER")
    for name, value in (("old", old), ("new", new), ("again", again)):
        app.text_input(key=f"account_{name}").input(value)
    app.button(key="account_change").click().run()

    assert said in app.error[0].value
    assert all(box.value == "" for box in app.text_input)


def test_what_the_screens_wrote_is_a_whole_trail(screen, plant, database) -> None:
    from sql.record.engine import DatabaseRole, Record

    fail(screen("qc_decisions", "OPERATOR", lot="RAW-BEEF-001"), PASSWORD)
    owner = Record(database, DatabaseRole.OWNER)
    with owner.snapshot() as snapshot:
        assert verify(snapshot, sees_passwords=True).breaks == []
        faces = {
            row["face"]
            for row in snapshot.all(
                "audit_page",
                table_name="decision_signatures",
                user_id=None,
                earliest=None,
                latest=None,
                search=None,
                page_size=5,
                skipped=0,
            )
        }
    owner.close()
    assert "screen" in faces


def test_a_held_lot_says_which_form_lifts_the_hold(screen, plant, record, people) -> None:
    """Four forms stand there closed: the needed one is named, and what the others are for."""
    with record.transaction() as transaction:
        decide(
            transaction,
            by=people["OPERATOR"],
            lot_code="MIX-BATCH-88",
            decision="HOLD",
            notes="smells of nothing known",
        )

    held = [said.value for said in screen("lots", lot="MIX-BATCH-88").caption]
    free = [said.value for said in screen("lots", lot="RAW-BEEF-001").caption]
    assert any("To lift it" in said and "press Decide" in said for said in held)
    assert not any("To lift it" in said for said in free)
    assert any("Withdraw takes back a decision" in said for said in free)


def test_a_lots_type_is_corrected_and_its_history_keeps_the_old_one(screen, plant, record) -> None:
    app = screen("lots", lot="RAW-SPICE-001")
    app.selectbox(key="correct_lot_type").select("DEB")
    app.text_input(key="correct_reason").input(WHY)
    button(app, "correct_save").click().run()

    said = [one.value for one in (*app.success, *app.warning, *app.error)]
    assert "corrected" in said[0], said
    [lot] = ask(record, "lot_shown", lot_code="RAW-SPICE-001")
    assert lot["lot_type"] == "DEB"
    history = next(frame.value for frame in app.dataframe if "written_by" in frame.value)
    assert list(history["lot_type"]) == ["RAW", "DEB"]
