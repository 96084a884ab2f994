"""The board of stock by place: what is where, what nobody knows, and which lots they are."""

from decimal import Decimal as D

from sql.warehouse.editions import current_edition
from tests import plants
from tests.plants import MOMENT

MODELS = (
    "genealogy.movement_sums",
    "genealogy.mass_balance",
    "genealogy.unit_balance",
    "genealogy.standing",
    "genealogy.on_hand_by_place",
)


def publish_plant(settings, tmp_path) -> None:
    """Publish 60 kg of IN and an unknown weight of ALSO in the cold store, and OUT nowhere."""
    warehouse = plants.empty_warehouse(tmp_path / "working.duckdb")
    lots = [("IN", D(60)), ("ALSO", None), ("OUT", D(5))]
    plants.fill(
        warehouse,
        "lots",
        [
            {"lot_id": at, "lot_code": code, "weight_kg": kg, "metadata": "{}"}
            for at, (code, kg) in enumerate(lots, start=1)
        ],
    )
    plants.fill(
        warehouse,
        "places",
        [{"place_id": 1, "place_code": "=COLD", "name": "Cold store"}],
    )
    plants.fill(
        warehouse,
        "moves",
        [{"move_id": lot, "lot_id": lot, "place_id": 1, "happened_at": MOMENT} for lot in (1, 2)],
    )
    plants.build(warehouse, *MODELS)
    plants.publish_unproven(warehouse, settings.home)
    warehouse.close()


def test_without_an_edition_it_says_how_to_make_one(screen) -> None:
    assert "lotline refresh" in screen("stock", "VIEWER").info[0].value


def test_each_place_says_its_kilograms_and_what_nobody_knows(screen, settings, tmp_path) -> None:
    publish_plant(settings, tmp_path)
    app = screen("stock", "VIEWER")

    assert not app.exception
    (places,) = (table.value for table in app.dataframe)
    assert list(places["place"]) == ["=COLD Cold store", "nobody said where"]
    assert list(places["lots_count"]) == [2, 1]
    assert list(places["unknown_count"]) == [1, 0]
    assert [None if kg != kg else kg for kg in places["on_hand_kg"]] == [None, 5]
    assert places["on_hand_at_least_kg"][0] == 60


def test_the_lots_of_a_place_and_of_all(screen, settings, tmp_path) -> None:
    publish_plant(settings, tmp_path)
    read = current_edition(settings.home)
    asked = {"is_everywhere": False, "most": 9}
    there = read.named("stock_of_place", place_id=1, **asked)
    nowhere = read.named("stock_of_place", place_id=None, **asked)
    every = read.named("stock_of_place", place_id=None, is_everywhere=True, most=9)

    assert there["lot_code"].to_list() == ["ALSO", "IN"]
    assert nowhere["lot_code"].to_list() == ["OUT"]
    assert every["lot_code"].to_list() == ["ALSO", "IN", "OUT"]


def test_a_chosen_place_lists_its_lots(screen, settings, tmp_path) -> None:
    publish_plant(settings, tmp_path)
    app = screen("stock", "VIEWER")
    app.session_state["stock_places"] = {"selection": {"rows": [1], "columns": []}}
    app.run()

    assert not app.exception
    assert list(app.dataframe[1].value["lot_code"]) == ["OUT"]
