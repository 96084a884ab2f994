"""The screen of a trace shows suspect pieces and litres beside kilograms."""

from tests.counted_plants import register_counted


def test_suspect_pieces_are_shown_by_lot_place_and_customer(screen, record, people) -> None:
    with record.transaction() as transaction:
        register_counted(transaction, people)
    app = screen("trace", lot="FLOUR")

    assert "30 l + 80 pcs are still here." in " ".join(one.value for one in app.text)
    tables = [one.value for one in app.dataframe]
    lots = next(one for one in tables if "suspect_quantity" in one and "weight_kg" in one)
    assert lots.set_index("lot_code").loc["LOAVES", ["suspect_quantity", "unit"]].tolist() == [
        100,
        "pcs",
    ]
    here = next(one for one in tables if "suspect_on_hand_quantity" in one)
    assert here.set_index("lot_code").loc["DRINK", "suspect_on_hand_quantity"] == 30
    places = next(one for one in tables if "suspect_on_hand_in_units" in one)
    assert "80 pcs" in places["suspect_on_hand_in_units"].tolist()[0]
    customers = next(one for one in tables if "away_in_units" in one)
    assert customers["away_in_units"].tolist() == ["40 pcs"]
