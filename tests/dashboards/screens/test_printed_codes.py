"""No box takes a code that is printed on several labels before somebody says which is held."""

import pytest

from dashboards.commands.lots import register_lot
from tests.engines import ask
from tests.plants import button

WHY = "the label was read again"


@pytest.fixture
def labelled(plant, record, people) -> None:
    with record.transaction() as transaction:
        for code in ("B1", "B2"):
            register_lot(
                transaction,
                by=people["OPERATOR"],
                lot_code=code,
                lot_type="RAW",
                weight_kg=10,
                printed_code="15-12",
            )


def test_a_new_lot_keeps_what_its_label_says(screen, plant, record) -> None:
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input("B3").run()
    app.text_input(key="new_printed_code").input("15-12").run()
    button(app, "new_register_").click().run()

    assert "B3 is registered" in app.success[0].value
    with record.transaction() as transaction:
        shown = ask(transaction, "select printed_code from lots where lot_code = 'B3'").fetchall()[
            0
        ]
    assert shown[0] == "15-12"


def test_the_boxes_name_the_lots_and_the_short_codes_that_tell_them_apart(
    screen, labelled, record
) -> None:
    with record.transaction() as transaction:
        short = ask(
            transaction, "select lot_label_code(lot_id) from lots where lot_code = 'B1'"
        ).fetchall()[0][0]
    app = screen("lots", lot="RAW-BEEF-001")
    app.text_input(key="parent_code").input("1512")
    button(app, "parent_save").click().run()

    said = app.warning[0].value if app.warning else app.error[0].value
    assert "may mean more than one lot" in said and f"{short} (B1)" in said and "(B2)" in said


def test_the_search_of_a_trace_offers_all_and_traces_none(screen, labelled) -> None:
    app = screen("trace")
    app.text_input(key="trace_lot").input("1512").run()

    assert "lot" not in app.query_params
    offered = app.dataframe[0].value
    assert set(offered["lot_code"]) == {"B1", "B2"}
    assert set(offered["printed_code"]) == {"15-12"}


def test_a_manager_corrects_the_printed_code_and_the_history_keeps_the_old_one(
    screen, labelled, record
) -> None:
    app = screen("lots", lot="B1")
    app.text_input(key="correct_printed_code").input("16-12")
    app.text_input(key="correct_reason").input(WHY)
    button(app, "correct_save").click().run()

    assert "corrected" in app.success[0].value
    history = next(frame.value for frame in app.dataframe if "written_by" in frame.value)
    assert list(history["printed_code"]) == ["15-12", "16-12"]
