"""The quality board promises that kilograms add up only for lots whose kilograms are known."""

from decimal import Decimal as D

from tests import plants


def publish(settings, tmp_path, lots_count: int, *quantities: D | None) -> None:
    """Publish lots of 10 kg, each made from the one before with that quantity."""
    warehouse = plants.empty_warehouse(tmp_path / "working.duckdb", "Europe/Budapest")
    numbers = range(1, lots_count + 1)
    lots = [{"lot_id": n, "lot_code": f"L{n}", "weight_kg": D(10)} for n in numbers]
    plants.fill(warehouse, "lots", lots)
    links = [
        {"link_id": n, "parent_lot_id": n, "child_lot_id": n + 1, "quantity_kg": quantity}
        for n, quantity in enumerate(quantities, start=1)
    ]
    plants.fill(warehouse, "lot_genealogy", links)
    plants.build_all(warehouse)
    plants.publish_unproven(warehouse, settings.home)
    warehouse.close()


def over(app) -> str:
    return next(tile.value for tile in app.metric if tile.label == "Gave out too much")


def test_every_lot_is_said_to_add_up_where_all_are_known(screen, settings, tmp_path) -> None:
    publish(settings, tmp_path, 3, D(10), D(10))
    app = screen("quality", "VIEWER")

    assert any("No lot gave out more" in said.value for said in app.success)
    assert over(app) == "0"


def test_of_lots_with_unknown_kilograms_nothing_is_promised(screen, settings, tmp_path) -> None:
    """How much of L1 is in L2 is unknown: of both nothing can be said, of L3 all is known."""
    publish(settings, tmp_path, 3, None)
    app = screen("quality", "VIEWER")

    assert not any("gave out" in said.value for said in app.success)
    assert any("Of 2 lots nothing can be said" in said.value for said in app.warning)
    assert any("others (1 lot) none gave out too much" in said.value for said in app.info)
    assert over(app) == "at least 0"


def test_no_lot_is_no_promise(screen, settings, tmp_path) -> None:
    publish(settings, tmp_path, 0)

    assert not any("gave out" in said.value for said in screen("quality", "VIEWER").success)


def test_a_number_opens_the_lots_that_it_counts(screen, settings, tmp_path) -> None:
    """L1 to L3 wait, for nobody decided about them; none is released, and that is a number too."""
    publish(settings, tmp_path, 3, D(10), D(10))
    app = screen("quality", "VIEWER")
    assert next(tile.value for tile in app.metric if tile.label == "✓ Released") == "0"

    app.pills(key="quality_number").set_value("○ Waiting").run()
    assert sorted(app.dataframe[0].value["lot_code"]) == ["L1", "L2", "L3"]
    app.pills(key="quality_number").set_value("✓ Released").run()
    assert any("counts no such lot" in said.value for said in app.info)


def test_lots_that_gave_out_too_much_are_opened_by_their_number(screen, settings, tmp_path) -> None:
    publish(settings, tmp_path, 3, D(12), D(10))
    app = screen("quality", "VIEWER")
    app.pills(key="quality_number").set_value("Gave out too much").run()

    assert app.dataframe[0].value["lot_code"].to_list() == ["L1"]
    assert not app.exception
