"""What stops a lot by its origin, and what has expired, on the lot's screen.

Beef, 500 of the 540 kg of the mix, is put on HOLD; the finished lot is all of that mix.
"""

from datetime import date, time, timedelta

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import register_lot
from tests.engines import ask
from tests.plants import button, just_confirmed, type_into

FINE = "cooked through, lab found none"


@pytest.fixture
def held(plant, record, people) -> None:
    with record.transaction() as transaction:
        decide(
            transaction,
            by=people["AUDITOR"],
            lot_code="RAW-BEEF-001",
            decision="HOLD",
            notes="waits for the laboratory",
        )


def test_the_lot_that_stops_it_is_shown_with_its_share(screen, held) -> None:
    app = screen("lots", "VIEWER", lot="FG-DONER-X1")

    assert "neither to be used nor shipped" in app.error[0].value
    (row,) = next(one.value for one in app.dataframe if "share" in one.value).to_dict("records")
    assert (row["lot_code"], round(row["share"], 3)) == ("RAW-BEEF-001", 0.926)
    assert not [one for one in app.button if (one.key or "").startswith("assess_save")]


def test_a_shipment_is_refused_where_it_was_typed(screen, held) -> None:
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="ship_code").input("SH-2")
    app.session_state["ship_customer"] = "CUS"
    app.text_input(key="ship_kg").input("1")
    button(app, "ship_save").click().run()

    assert any("RAW-BEEF-001, 92.6% of it, is on HOLD" in one.value for one in app.error)


def test_what_is_stopped_goes_into_nothing_from_either_form(screen, held) -> None:
    said = "RAW-BEEF-001, 92.6% of it, is on HOLD"
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    app.text_input(key="parent_code").input("MIX-BATCH-88")
    app.text_input(key="parent_kg").input("1")
    button(app, "parent_save").click().run()
    assert any(said in one.value for one in app.error)

    app = screen("new_lot", "OPERATOR")
    assert not any("MIX-BATCH-88" in one for one in app.selectbox(key="new_parent").options)
    type_into(app, "new_parent", "MIX-BATCH-88")
    app.button(key="new_parent_add").click().run()
    app.text_input(key="new_lot_code").input("FG-2")
    button(app, "new_register").click().run()
    assert any(said in one.value for one in app.error) and not app.success
    assert app.text_input(key="new_lot_code").value == "FG-2"


def test_lists_and_traces_say_what_is_stopped(screen, held) -> None:
    words = {
        "RAW-BEEF-001": "‖ On HOLD",
        "RAW-SPICE-001": "○ Waiting",
        "MIX-BATCH-88": "⇣ Stopped by origin",
        "FG-DONER-X1": "⇣ Stopped by origin",
    }
    app = screen("lots")
    listed = app.dataframe[0].value.set_index("lot_code")["disposition"]
    assert {code: word for code, (word,) in listed.items()} == words
    app.selectbox(key="lots_state").select("stopped").run()
    assert set(app.dataframe[0].value["lot_code"]) == {"MIX-BATCH-88", "FG-DONER-X1"}

    traced = screen("trace", lot="MIX-BATCH-88").dataframe[-1].value.set_index("lot_code")
    assert {code: word for code, (word,) in traced["disposition"].items()} == words
    offered = screen("trace", find="RAW-").dataframe[0].value.set_index("lot_code")
    assert offered.loc["RAW-BEEF-001", "disposition"] == ["‖ On HOLD"]


@pytest.mark.parametrize(("password", "is_done"), [("", False), ("lotline-demo", True)])
def test_a_manager_assesses_the_lot_under_the_password(screen, held, password, is_done) -> None:
    app = screen("lots", lot="FG-DONER-X1")
    app.text_input(key="assess_reason").input(FINE)
    app.text_input(key="assess_password").input(password)
    button(app, "assess_save").click().run()

    assert any("assessed, signed" in one.value for one in app.success) == is_done
    said = [one.value for one in app.error]
    assert any("neither to be used nor shipped" in one for one in said) != is_done
    if is_done:
        assessed = next(one.value for one in app.dataframe if "assessed_by" in one.value)
        assert list(assessed["reason"]) == [FINE]
        assert "Manager" in assessed["signature"][0]


def test_an_assessment_keeps_when_it_was_made_and_is_marked_late(screen, held, older) -> None:
    app = screen("lots", lot="FG-DONER-X1")
    day = date.today() - timedelta(days=2)
    app.text_input(key="assess_reason").input(FINE)
    app.date_input(key="assess_floor_day").set_value(day)
    app.time_input(key="assess_floor_time").set_value(time(6, 15))
    app.text_input(key="assess_password").input("lotline-demo")
    button(app, "assess_save").click().run()

    assessed = next(one.value for one in app.dataframe if "assessed_by" in one.value)
    assert f"{assessed['assessed_at'][0]:%Y-%m-%d %H:%M}" == f"{day} 06:15"
    assert assessed["assessment_late"][0].endswith("later")


def test_a_lot_says_for_which_gate_it_waits(screen, plant) -> None:
    app = screen("lots", lot="MIX-BATCH-88")

    assert any("Waits for gate 5 Mix" in one.value for one in app.caption)


def test_a_lot_without_a_type_is_released_by_the_final_gate_and_no_other(
    screen, plant, record, people
) -> None:
    """It may be decided about at any gate; the blocking one, 8, is the one it must pass."""
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="SAMPLE", weight_kg=1)
        decide(transaction, by=by, lot_code="SAMPLE", decision="PASS", gate_id=4)

    waiting = screen("lots", "VIEWER", lot="SAMPLE")
    assert any("Waits for gate 8" in one.value for one in waiting.caption)
    listed = screen("lots", "VIEWER").dataframe[0].value.set_index("lot_code")["disposition"]
    assert listed["SAMPLE"] == ["○ Waiting"] and listed["FG-DONER-X1"] == ["✓ Released"]

    with record.transaction() as transaction:
        decide(
            transaction,
            by=by,
            lot_code="SAMPLE",
            decision="PASS",
            gate_id=8,
            confirmation=just_confirmed(by),
        )
    listed = screen("lots", "VIEWER").dataframe[0].value.set_index("lot_code")["disposition"]
    assert listed["SAMPLE"] == ["✓ Released"]


def test_an_expired_lot_says_so_and_asks_a_manager_for_the_reason(
    screen, plant, record, people
) -> None:
    with record.transaction() as transaction:
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code="OLD",
            lot_type="RAW",
            weight_kg=5,
            expires_on=date.today() - timedelta(days=2),
        )
    assert any("Expired" in one.value for one in screen("lots", "OPERATOR", lot="OLD").warning)

    app = screen("lots", lot="MIX-BATCH-88")
    app.text_input(key="parent_code").input("OLD")
    app.text_input(key="parent_kg").input("1")
    app.text_input(key="parent_expiry_reason").input("")
    button(app, "parent_save").click().run()
    assert any("unless a manager says why" in one.value for one in app.error)
    app.text_input(key="parent_expiry_reason").input("frozen on its last day")
    button(app, "parent_save").click().run()
    assert any("recorded as a parent" in one.value for one in app.success)


@pytest.fixture
def old(plant, record, people) -> None:
    """Have a received lot and a released one that expired two days ago."""
    expired = date.today() - timedelta(days=2)
    signed = just_confirmed(people["MANAGER"])
    with record.transaction() as transaction:
        for code, kind in (("OLD", "RAW"), ("OLD-FG", "FG")):
            register_lot(
                transaction,
                by=people["OPERATOR"],
                lot_code=code,
                lot_type=kind,
                weight_kg=5,
                expires_on=expired,
            )
        decide(
            transaction,
            by=people["MANAGER"],
            lot_code="OLD-FG",
            decision="PASS",
            gate_id=8,
            confirmation=signed,
        )


def reasons(record, table: str) -> list[str]:
    """Return the reasons kept with facts about lots that had expired."""
    select = f"select expiry_reason from {table} where expiry_reason is not null"
    with record.transaction() as transaction:
        return [reason for (reason,) in ask(transaction, select)]


def test_an_expired_lot_is_shipped_for_the_reason_typed_and_no_other(screen, old, record) -> None:
    app = screen("lots", lot="OLD-FG")
    app.text_input(key="ship_code").input("SH-9")
    app.selectbox(key="ship_customer").select("CUS")
    app.text_input(key="ship_kg").input("1")
    button(app, "ship_save").click().run()
    assert any("unless a manager says why" in one.value for one in app.error)
    app.text_input(key="ship_expiry_reason").input(FINE)
    button(app, "ship_save").click().run()

    assert any("SH-9 is recorded" in one.value for one in app.success)
    assert reasons(record, "shipments") == [FINE]


def test_a_new_lot_takes_from_an_expired_one_for_the_reason_typed(screen, old, record) -> None:
    app = screen("new_lot")
    assert not any("OLD" in one for one in app.selectbox(key="new_parent").options)
    type_into(app, "new_parent", "OLD")
    app.button(key="new_parent_add").click().run()
    app.text_input(key="new_lot_code").input("MIX-2")
    button(app, "new_register").click().run()
    assert any("unless a manager says why" in one.value for one in app.error)
    app.text_input(key="new_OLD_expiry_reason").input(FINE)
    button(app, "new_register").click().run()

    assert not app.error and reasons(record, "lot_genealogy") == [FINE]


def test_lists_and_traces_say_what_has_expired(screen, old) -> None:
    listed = screen("lots").dataframe[0].value.set_index("lot_code")["disposition"]
    traced = screen("trace", lot="OLD-FG").dataframe[-1].value.set_index("lot_code")["disposition"]

    assert listed["OLD"] == listed["OLD-FG"] == traced["OLD-FG"] == ["◷ Expired"]


def test_what_is_to_go_first_is_said_where_a_lot_is_shipped(screen, plant, record, people) -> None:
    with record.transaction() as transaction:
        transaction.copy("facts.products", ["product_code", "name"], [("DEER", "Deer")])
        for code, days in (("EARLY", 3), ("LATE", 9)):
            register_lot(
                transaction,
                by=people["OPERATOR"],
                lot_code=code,
                lot_type="RAW",
                product_code="DEER",
                weight_kg=5,
                expires_on=date.today() + timedelta(days=days),
            )

    said = [one.value for one in screen("lots", "OPERATOR", lot="LATE").info]
    assert any("Before this lot expire, and are here: EARLY" in one for one in said)
    said = [one.value for one in screen("lots", "OPERATOR", lot="EARLY").info]
    assert not any("Before this lot" in one for one in said)


def test_a_spoilt_identifier_is_marked_on_the_lots_page(screen, plant, record, people) -> None:
    with record.transaction() as transaction:
        transaction.copy("facts.products", ["product_code", "name"], [("1.00E+05", "Beef")])
        for code, product in (("SPOILT", "1.00E+05"), ("SOUND", None)):
            register_lot(
                transaction,
                by=people["OPERATOR"],
                lot_code=code,
                lot_type="RAW",
                product_code=product,
                weight_kg=5,
            )

    said = [one.value for one in screen("lots", "VIEWER", lot="SPOILT").warning]
    assert any("was made a number by a spreadsheet" in one for one in said)
    assert any("A trace through this lot is not complete." in one for one in said)
    assert not screen("lots", "VIEWER", lot="SOUND").warning
