"""A manager corrects a lot's code on its page; its old code leads there."""

from dashboards.commands.renames import rename_lot
from tests.plants import button, just_confirmed

PASSWORD = "lotline-demo"
WHY = "a letter was mistyped"


def test_a_manager_corrects_the_code_and_sees_the_lot_under_the_new_one(screen, plant) -> None:
    app = screen("lots", lot="MIX-BATCH-88")
    app.text_input(key="rename_code").input("MIX-BATCH-89")
    app.text_input(key="rename_reason").input(WHY)
    app.text_input(key="rename_password").input(PASSWORD)
    button(app, "rename_save").click().run()

    assert not app.exception
    assert app.query_params["lot"] == "MIX-BATCH-89"
    assert [one.value for one in app.success] == [
        "Lot MIX-BATCH-88 is called MIX-BATCH-89 now, signed."
    ]
    former = next(frame.value for frame in app.dataframe if "former_code" in frame.value)
    assert former["former_code"].to_list() == ["MIX-BATCH-88"]
    assert former["reason"].to_list() == [f"renamed from MIX-BATCH-88 to MIX-BATCH-89: {WHY}"]


def test_what_is_refused_is_said_with_the_form_and_stays_typed(screen, plant) -> None:
    app = screen("lots", lot="MIX-BATCH-88")
    app.text_input(key="rename_code").input("RAW-BEEF-001")
    app.text_input(key="rename_reason").input(WHY)
    app.text_input(key="rename_password").input(PASSWORD)
    button(app, "rename_save").click().run()

    assert "RAW-BEEF-001 exists already" in app.error[0].value
    assert app.text_input(key="rename_code").value == "RAW-BEEF-001"
    assert app.query_params["lot"] == "MIX-BATCH-88"


def test_the_old_code_says_what_the_lot_is_called_and_opens_it(
    screen, plant, record, people
) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        rename_lot(
            transaction,
            by=by,
            lot_code="MIX-BATCH-88",
            new_lot_code="MIX-BATCH-89",
            reason=WHY,
            confirmation=just_confirmed(by),
        )

    page = screen("lots", "VIEWER", lot="MIX-BATCH-88")
    assert "MIX-BATCH-88 is the old code of lot MIX-BATCH-89" in page.warning[0].value
    assert [one.label for one in page.button if one.key == "renamed__MIX-BATCH-88"] == [
        "Open lot MIX-BATCH-89"
    ]
    trace = screen("trace", "VIEWER", lot="MIX-BATCH-88")
    assert "MIX-BATCH-88 is the old code of lot MIX-BATCH-89" in trace.warning[0].value
    offered = next(frame.value for frame in trace.dataframe if "matched_by" in frame.value)
    assert offered["lot_code"].to_list() == ["MIX-BATCH-89"]
    assert offered["matched_by"].to_list() == ["the code it had before"]


def test_an_old_code_typed_in_two_ways_is_told_twice(screen, plant, record, people) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        rename_lot(
            transaction,
            by=by,
            lot_code="MIX-BATCH-88",
            new_lot_code="MIX-BATCH-89",
            reason=WHY,
            confirmation=just_confirmed(by),
        )
    app = screen("trace", "VIEWER")
    app.query_params["lot"] = ["MIX-BATCH-88", "mix batch 88"]
    app.run()

    assert not app.exception
    assert len([one for one in app.warning if "is the old code of lot" in one.value]) == 2
    lots = screen("lots", "VIEWER")
    lots.text_input(key="lots_search").input("batch-88").run()
    assert not lots.exception
    assert "MIX-BATCH-88 is the old code of lot MIX-BATCH-89" in lots.warning[0].value
