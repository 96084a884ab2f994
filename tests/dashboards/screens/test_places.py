"""A place is added on Master data; a lot is moved to it on its page; a trace sums by place."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dashboards.commands.lots import register_lot
from dashboards.commands.places import move_lot, register_place
from tests.plants import button

LOT = "FG-DONER-X1"


def frame_with(app, column: str):
    return next(one.value for one in app.dataframe if column in set(one.value))


def test_a_lot_is_moved_on_its_page_and_says_where_it_stands(screen, plant, record, people) -> None:
    app = screen("master_data", "MANAGER")
    app.text_input(key="place_new_place_code").input("FRZ")
    app.text_input(key="place_new_name").input("Freezer store")
    button(app, "place_new_save").click().run()
    assert not app.exception
    assert frame_with(app, "place_code")["place_code"].to_list() == ["FRZ"]

    app = screen("lots", "OPERATOR", lot=LOT)
    app.selectbox(key="place_to").select("FRZ")
    app.text_input(key="place_kg").input("100,5")
    button(app, "place_save").click().run()
    assert not app.exception
    assert any(
        "FRZ Freezer store: 100.5 kg; no known place: 129.5 kg" in one.value for one in app.text
    )
    assert frame_with(app, "to_place")["to_place"].to_list() == ["FRZ Freezer store"]

    app = screen("lots", "VIEWER", lot=LOT)
    app.date_input(key="stood_floor_day").set_value(date(2020, 1, 2))
    app.time_input(key="stood_floor_time").set_value(time(8)).run()
    assert any("had not come to be then" in one.value for one in app.text)
    made = datetime.now(ZoneInfo("Europe/Budapest"))
    app.date_input(key="stood_floor_day").set_value(made.date() + timedelta(days=1)).run()
    assert any("lies ahead" in one.value for one in app.warning)


def test_jars_that_nobody_weighed_are_moved_by_their_number(screen, record, people) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_place(transaction, by=by, place_code="COLD", name="Cold store")
        register_lot(transaction, by=by, lot_code="JARS", lot_type="MIX", quantity=48, unit="jar")
    app = screen("lots", "OPERATOR", lot="JARS")
    app.selectbox(key="place_to").select("COLD")
    app.text_input(key="place_quantity").input("30")
    button(app, "place_save").click().run()

    assert not app.exception and not app.error
    said = "COLD Cold store: 30 jar; no known place: 18 jar"
    assert any(said in one.value for one in app.text)
    moves = frame_with(app, "to_place")
    assert moves["moved"].to_list() == ["30 jar"]

    trace = screen("trace", "VIEWER", lot="JARS")
    places = frame_with(trace, "on_hand_in_units").set_index("place")
    assert places["on_hand_in_units"].to_dict() == {
        "COLD Cold store": "30 jar",
        "not recorded": "18 jar",
    }


def test_a_move_is_entered_by_the_day(screen, plant, record, people) -> None:
    with record.transaction() as transaction:
        register_place(transaction, by=people["MANAGER"], place_code="FRZ", name="Freezer store")
    today = datetime.now(ZoneInfo("Europe/Budapest")).date()
    app = screen("lots", "OPERATOR", lot=LOT)
    app.selectbox(key="place_to").select("FRZ")
    app.date_input(key="place_floor_day").set_value(today)
    button(app, "place_save").click().run()

    assert not app.exception and not app.error
    with record.snapshot() as snapshot:
        lot = snapshot.one("lot_that_stood", lot_code=LOT)
        moves = snapshot.all("moves_of_lot", lot_id=lot["lot_id"])
    zone = ZoneInfo("Europe/Budapest")
    begins, ends = (moves[0][name].astimezone(zone) for name in ("happened_at", "happened_until"))
    assert (begins.date(), f"{begins:%H:%M}") == (today, "00:00")
    assert (ends.date() - begins.date(), f"{ends:%H:%M}") == (timedelta(days=1), "00:00")


def test_a_trace_says_by_place_what_to_hold(screen, plant, record, people) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        for code in ("FRZ", "DOCK"):
            register_place(transaction, by=by, place_code=code, name=f"Store {code}")
        move_lot(transaction, by=by, lot_code=LOT, to_place_code="FRZ")
        move_lot(transaction, by=by, lot_code=LOT, to_place_code="DOCK", quantity_kg=30)

    app = screen("trace", "VIEWER", lot=LOT)

    places = frame_with(app, "standing")
    there = places[places["place"].str.contains("Store")]
    assert there[["place", "lots_count", "on_hand_kg"]].values.tolist() == [
        ["DOCK Store DOCK", 1, 30],
        ["FRZ Store FRZ", 1, 200],
    ]


def test_a_new_lot_is_put_where_it_is_received(screen, record, people) -> None:
    with record.transaction() as transaction:
        register_place(transaction, by=people["MANAGER"], place_code="DOCK", name="The dock")
    app = screen("new_lot", "OPERATOR")
    app.text_input(key="new_lot_code").input("R-1")
    app.text_input(key="new_weight_kg").input("50")
    app.selectbox(key="new_place_code").select("DOCK")
    button(app, "new_register").click().run()
    assert not app.exception

    app = screen("lots", "VIEWER", lot="R-1")
    assert any("Stands at DOCK The dock: 50 kg." in one.value for one in app.text)


def test_lots_are_found_by_where_they_stand(screen, plant, record, people) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        for code in ("FRZ", "DOCK"):
            register_place(transaction, by=by, place_code=code, name=f"Store {code}")
        move_lot(transaction, by=by, lot_code=LOT, to_place_code="FRZ")
        move_lot(transaction, by=by, lot_code=LOT, to_place_code="DOCK", quantity_kg=30)
        move_lot(transaction, by=by, lot_code="RAW-SPICE-001", to_place_code="FRZ")
        move_lot(transaction, by=by, lot_code="RAW-SPICE-001", to_place_code="DOCK")

    def there(app) -> dict:
        rows = app.dataframe[0].value
        return dict(zip(rows["lot_code"], rows["at_place"], strict=True))

    app = screen("lots", "VIEWER")
    assert "at_place" not in app.dataframe[0].value
    app.selectbox(key="lots_place").select("FRZ").run()
    assert there(app) == {LOT: "200 kg"}
    app.selectbox(key="lots_place").select("DOCK").run()
    assert there(app) == {LOT: "30 kg", "RAW-SPICE-001": "10 kg"}
    assert there(screen("lots", "VIEWER", place="DOCK")) == there(app)


def test_a_place_is_renamed_and_retired_on_master_data(screen, record, people) -> None:
    with record.transaction() as transaction:
        register_place(transaction, by=people["MANAGER"], place_code="DOCK", name="The dock")
    app = screen("master_data", "MANAGER")
    app.selectbox(key="place_change_code").select("DOCK").run()
    form = "place_change_1_0"
    app.text_input(key=f"{form}_name").input("North dock")
    app.checkbox(key=f"{form}_retired").check()
    button(app, "place_change_save").click().run()
    assert any("reason" in one.value.lower() for one in app.error)
    app.text_input(key=f"{form}_reason").input("the hall was let to others")
    button(app, "place_change_save").click().run()

    assert not app.exception and not app.error
    shown = frame_with(app, "site_name")
    assert shown[["name", "is_retired"]].values.tolist() == [["North dock", True]]
    assert frame_with(app, "written_by")["name"].to_list() == ["The dock", "North dock"]
    # It is not offered where something goes any more.
    app = screen("new_lot", "OPERATOR")
    assert app.selectbox(key="new_place_code").options == []


def test_a_lot_moved_whole_says_so_and_that_none_of_it_was_taken(
    screen, plant, record, people
) -> None:
    with record.transaction() as transaction:
        by = people["MANAGER"]
        register_place(transaction, by=by, place_code="RIPE", name="Ripening room")
        register_lot(transaction, by=by, lot_code="CHEESE", weight_kg=2000)
        move_lot(transaction, by=by, lot_code="CHEESE", to_place_code="RIPE")
    app = screen("lots", "VIEWER", lot="CHEESE")

    assert frame_with(app, "to_place")["moved"].to_list() == ["all of it"]
    said = " ".join(one.value for one in app.caption)
    assert "Nothing of it has been used, shipped or taken" in said and "moved" not in said
