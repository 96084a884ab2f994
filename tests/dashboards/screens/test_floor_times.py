"""Every form that enters a fact keeps the time on the floor, and what came late is marked.

Typed is yesterday, a quarter past ten by the site's clock.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.engines import ask
from tests.plants import button
from tests.presence import present

SITE = ZoneInfo("Europe/Budapest")
WHEN = datetime.combine(datetime.now(SITE).date() - timedelta(days=1), time(10, 15), SITE)


def type_time(app, form: str) -> None:
    app.date_input(key=f"{form}_floor_day").set_value(WHEN.date())
    app.time_input(key=f"{form}_floor_time").set_value(WHEN.time())


def newest(record, table: str, key: str) -> datetime:
    """Return when the fact that was written last happened."""
    with record.transaction() as transaction:
        select = f"select happened_at from facts.{table} order by {key} desc limit 1"
        return present(ask(transaction, select).fetchone())[0]


def table_with(app, column: str):
    """Return the drawn table that tells what came late and has a column."""
    return next(one.value for one in app.dataframe if {"late", column} <= set(one.value))


@pytest.mark.parametrize(
    ("form", "typed", "table", "key", "column"),
    [
        (
            "parent",
            {"parent_code": "RAW-SPICE-001", "parent_kg": "1"},
            "lot_genealogy",
            "link_id",
            "disposition",
        ),
        (
            "ship",
            {"ship_code": "SH-2", "ship_kg": "1"},
            "shipments",
            "shipment_id",
            "customer_name",
        ),
        (
            "reading",
            {"reading_characteristic": "pH", "reading_value": "6", "reading_unit": "1"},
            "readings",
            "reading_id",
            "within",
        ),
    ],
)
def test_a_form_of_a_lot_keeps_the_time_and_marks_it_late(
    screen, older, record, form, typed, table, key, column
) -> None:
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    for name, text in typed.items():
        app.text_input(key=name).input(text)
    if form == "ship":
        app.selectbox(key="ship_customer").select("CUS")
    type_time(app, form)
    button(app, f"{form}_save").click().run()

    assert newest(record, table, key) == WHEN
    assert app.date_input(key=f"{form}_floor_day").value is None  # emptied for the next
    shown = table_with(app, column)
    (row,) = shown[shown["late"].notna()].to_dict("records")
    assert row["happened_at"] == WHEN and row["late"].endswith("later")
    assert len(shown) == (1 if column == "within" else 2)


def test_a_new_lot_keeps_the_time_and_says_how_late_it_was_recorded(screen, plant, record) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input("RAW-NEW")
    type_time(app, "new")
    button(app, "new_register").click().run()

    assert newest(record, "lots", "lot_id") == WHEN
    said = " ".join(one.value for one in screen("lots", lot="RAW-NEW").markdown)
    assert f"{WHEN:%Y-%m-%d} 10:15" in said.replace("\\", "") and "later" in said


def test_a_day_without_a_time_is_kept_and_shown_as_a_day(screen, plant, record) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input("RAW-NEW")
    app.date_input(key="new_floor_day").set_value(WHEN.date())
    button(app, "new_register").click().run()

    day = datetime.combine(WHEN.date(), time(), SITE)
    assert newest(record, "lots", "lot_id") == day
    page = screen("lots", "MANAGER", lot="RAW-NEW")
    said = " ".join(one.value for one in page.markdown).replace("\\", "")
    assert f"{day:%Y-%m-%d}" in said and f"{day:%Y-%m-%d} 00:00" not in said
    assert page.date_input(key="correct_day").value == WHEN.date()
    assert page.time_input(key="correct_time").value is None


def test_a_decision_keeps_the_time_and_is_marked_late(screen, older, record) -> None:
    app = screen("qc_decisions", "OPERATOR", lot="MIX-BATCH-88")
    app.text_area(key="qc_notes_4").input("torn packaging")
    app.session_state["qc_decision_4"] = "HOLD"
    type_time(app, "qc_4")
    app.run()
    button(app, "qc_save").click().run()

    assert newest(record, "qc_decisions", "decision_id") == WHEN
    latest = table_with(app, "signature")
    assert latest["late"].notna().tolist() == [True, False]
    of_lot = screen("lots", lot="MIX-BATCH-88").dataframe[0].value
    assert of_lot["late"][0].endswith("later")
