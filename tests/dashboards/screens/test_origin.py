"""What stops a lot by its origin, and what has expired, on the lot's screen.

Beef, 500 of the 540 kg of the mix, is put on HOLD; the finished lot is all of that mix.
"""

from datetime import date, time, timedelta

import pytest

from dashboards.commands.decisions import decide
from dashboards.commands.lots import register_lot
from tests.plants import button

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


def test_an_assessment_keeps_when_it_was_made_and_is_marked_late(screen, held) -> None:
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
