"""The screen of a trace names the logistic units that hold something of the answer."""

from tests.packed_plants import CASE, GONE, PALLET, register_packed


def test_units_are_shown_with_what_they_stand_on_and_how_others_left(
    screen, record, people
) -> None:
    with record.transaction() as transaction:
        register_packed(transaction, people)
    app = screen("trace", lot="R")

    assert "In which pallets and cases" in " ".join(one.value for one in app.markdown)
    units = next(one.value for one in app.dataframe if "outermost_sscc" in one.value)
    assert units["sscc"].tolist() == [CASE, GONE]
    assert units["outermost_sscc"].tolist() == [PALLET, GONE]
    assert units["shipment_code"].tolist()[1] == "S-1"
    here = next(one.value for one in app.dataframe if "units_here" in one.value)
    assert [list(one) for one in here.set_index("lot_code").loc[["A"], "units_here"]] == [[CASE]]


def test_nothing_is_said_of_units_where_nothing_was_packed(screen, plant) -> None:
    app = screen("trace", lot="RAW-BEEF-001")
    assert "In which pallets and cases" not in " ".join(one.value for one in app.markdown)
