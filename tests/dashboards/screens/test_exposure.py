"""The screen of exposure: worst, mean and trend of what received lots touch."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from dashboards.views.exposure_figures import worst_named
from sql.warehouse.editions import Edition
from tests import plants
from tests.plants import MOMENT

MODELS = [
    "genealogy.ancestries",
    "genealogy.closure",
    "genealogy.movement_sums",
    "genealogy.mass_balance",
    "genealogy.unit_balance",
    "genealogy.exposure",
    "genealogy.exposure_in_units",
    "genealogy.exposed_lots",
    "genealogy.carry_over",
    *plants.DISPOSITIONS,
]


def publish_plant(
    settings, tmp_path, budget: int = 1000, reach: int = 5, shipped: D | None = D(2)
) -> None:
    """Publish lots of two weeks: the older touches two lots, the newer one more than `reach`.

    Three customers had so many kilograms of the last that the newer one touches.
    """
    warehouse = plants.empty_warehouse(tmp_path / "working.duckdb", "Europe/Budapest", budget)
    newer = MOMENT + timedelta(days=20)
    lots = [
        {"lot_id": 1, "lot_code": "OLD", "lot_type": "RAW", "product_id": 1},
        {"lot_id": 2, "lot_code": "NEW", "lot_type": "RAW", "product_id": 2, "happened_at": newer},
    ]
    lots += [
        {
            "lot_id": 10 + n,
            "lot_code": f"FG{n}",
            "lot_type": "BULK",
            "happened_at": MOMENT + timedelta(days=n),
        }
        for n in range(8)
    ]
    plants.fill(warehouse, "lots", [{"weight_kg": D(10)} | lot for lot in lots])
    links = [(1, 10), (10, 11), (2, 12)] + [(12 + n, 13 + n) for n in range(reach)]
    plants.fill(
        warehouse,
        "lot_genealogy",
        [
            {"link_id": at, "parent_lot_id": a, "child_lot_id": b, "quantity_kg": D(10)}
            for at, (a, b) in enumerate(links, start=1)
        ],
    )
    plants.fill(
        warehouse,
        "products",
        [{"product_id": n, "product_code": f"P{n}", "name": "Meat"} for n in (1, 2)],
    )
    plants.fill(
        warehouse,
        "shipments",
        [
            {
                "shipment_id": n,
                "shipment_code": f"S{n}",
                "lot_id": 17,
                "customer_id": n,
                "quantity_kg": shipped,
            }
            for n in (1, 2, 3)
        ],
    )
    plants.build(warehouse, *MODELS)
    plants.publish_unproven(warehouse, settings.home)
    warehouse.close()


def tiles(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_without_an_edition_it_says_how_to_make_one(screen) -> None:
    assert "lotline refresh" in screen("exposure", "VIEWER").info[0].value


def test_worst_mean_trend_and_carry_over_are_shown(screen, settings, tmp_path) -> None:
    publish_plant(settings, tmp_path)
    app = screen("exposure", "VIEWER")
    app.segmented_control(key="exposure_span").set_value(28).run()

    assert tiles(app)["Worst lot"] == "6 lots" and tiles(app)["Mean"] == "4 lots"
    assert app.metric[0].delta == "NEW"
    assert tiles(app)["Longest without a clean break"] == "6 days"
    assert list(app.dataframe[0].value["lot_code"]) == ["NEW", "OLD"]
    assert not app.exception and not app.error


@pytest.mark.parametrize(
    ("measure", "worst"),
    [("customers_count", "3 customers"), ("shipped_kg", "6 kg"), ("on_hand_kg", "10 kg")],
)
def test_every_measure_can_be_chosen(screen, settings, tmp_path, measure, worst) -> None:
    publish_plant(settings, tmp_path)
    app = screen("exposure")
    app.segmented_control(key="exposure_measure").set_value(measure).run()

    assert tiles(app)["Worst lot"] == worst and not app.exception


def test_with_kilograms_unknown_no_lot_is_said_to_be_the_worst(screen, settings, tmp_path) -> None:
    publish_plant(settings, tmp_path, shipped=None)
    app = screen("exposure")
    app.segmented_control(key="exposure_span").set_value(28).run()
    app.segmented_control(key="exposure_measure").set_value("shipped_kg").run()

    shown = tiles(app)
    assert (shown["Worst lot"], shown["Mean"]) == ("at least 0 kg", "at least 0 kg")
    assert shown["95% of lots: at most"] == "–" and not app.metric[0].delta
    assert any("a lot may be worse than it stands here" in one.value for one in app.caption)


def test_one_product_can_be_looked_at(screen, settings, tmp_path) -> None:
    publish_plant(settings, tmp_path)
    app = screen("exposure")
    app.selectbox(key="exposure_product").select("P1").run()

    assert tiles(app)["Worst lot"] == "2 lots"
    assert list(app.dataframe[0].value["lot_code"]) == ["OLD"]


def test_a_partial_closure_is_said(screen, settings, tmp_path) -> None:
    publish_plant(settings, tmp_path, budget=3)
    app = screen("exposure")

    assert "partial" in app.error[0].value


def test_a_partial_closure_knows_no_worst_lot_and_ranks_none(screen, settings, tmp_path) -> None:
    """NEW touches six lots, but lists of no more than three pairs are kept: OLD looks worse."""
    publish_plant(settings, tmp_path, budget=3)
    app = screen("exposure", "VIEWER")
    app.segmented_control(key="exposure_span").set_value(28).run()

    shown = tiles(app)
    assert shown["Worst lot"] == shown["Mean"] == "not known"
    assert shown["95% of lots: at most"] == "not known"
    assert app.metric[0].delta.startswith("at least")
    assert list(app.dataframe[0].value["lot_code"]) == ["NEW", "OLD"]
    assert any("which lot is worst is not known" in said.value for said in app.markdown)


def test_a_plant_without_received_lots_is_no_error(screen, settings, tmp_path) -> None:
    warehouse = plants.empty_warehouse(tmp_path / "working.duckdb", "UTC")
    plants.build(warehouse, *MODELS)
    plants.publish_unproven(warehouse, settings.home)
    warehouse.close()

    assert "No lot was received" in screen("exposure").info[0].value


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """Note every named query that is read from an edition."""
    noted: list[str] = []
    plain = Edition.named

    def named(self, query, **parameters):
        noted.append(query)
        return plain(self, query, **parameters)

    monkeypatch.setattr(Edition, "named", named)
    return noted


def test_a_second_run_reads_nothing_and_a_new_edition_shows_at_once(
    screen, settings, tmp_path, read
) -> None:
    publish_plant(settings, tmp_path)
    app = screen("exposure")
    assert len(read) == len(set(read)) and "exposure_figures" in read
    read.clear()
    app.run()
    assert read == [] and tiles(app)["Worst lot"] == "6 lots"

    (tmp_path / "next").mkdir()
    publish_plant(settings, tmp_path / "next", reach=4)
    app.run()
    assert "exposure_figures" in read and tiles(app)["Worst lot"] == "5 lots"


def test_another_person_of_the_same_edition_reads_nothing_anew(
    screen, settings, tmp_path, read
) -> None:
    """Boards are the same for whoever may read them."""
    publish_plant(settings, tmp_path)
    screen("exposure", "MANAGER")
    read.clear()

    assert tiles(screen("exposure", "VIEWER"))["Worst lot"] == "6 lots" and read == []


def test_what_is_counted_stands_beside_kilograms(screen, settings, tmp_path) -> None:
    """Of 48 jars made of one lot 12 left; nobody weighed them."""
    warehouse = plants.empty_warehouse(tmp_path / "working.duckdb", "Europe/Budapest", 1000)
    jars = {"quantity": D(48), "unit": "jar", "happened_at": MOMENT + timedelta(hours=1)}
    plants.fill(
        warehouse,
        "lots",
        [
            {"lot_id": 1, "lot_code": "PLUMS", "weight_kg": D(10)},
            {"lot_id": 2, "lot_code": "JAM", "weight_kg": None, **jars},
        ],
    )
    link = {"link_id": 1, "parent_lot_id": 1, "child_lot_id": 2, "quantity_kg": D(4)}
    plants.fill(warehouse, "lot_genealogy", [link])
    line = {"shipment_id": 1, "shipment_code": "S1", "lot_id": 2, "customer_id": 1}
    gone = {"quantity_kg": None, "quantity": D(12), "unit": "jar"}
    plants.fill(warehouse, "shipments", [line | gone])
    plants.build(warehouse, *MODELS)
    plants.publish_unproven(warehouse, settings.home)
    warehouse.close()

    app = screen("exposure", "VIEWER")

    (row,) = app.dataframe[0].value.to_dict("records")
    told = {name: row[f"{name}_in_units"] for name in ("shipped", "on_hand", "suspect_on_hand")}
    assert told == {"shipped": "12 jar", "on_hand": "36 jar", "suspect_on_hand": "36 jar"}


def test_lots_that_are_as_bad_as_the_worst_are_counted_beside_it() -> None:
    said = [worst_named({"worst_lot_code": "T-1", "worst_count": count}) for count in (1, 3)]

    assert said == ["T-1", "T-1 and 2 more"]
    assert worst_named({"worst_lot_code": None, "worst_count": 0}) is None
