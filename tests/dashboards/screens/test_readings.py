"""The screen of readings: what is told of results, how they are drawn, and what is refused."""

import json
from datetime import timedelta
from decimal import Decimal as D

import polars as pl
import pytest

from dashboards.views import reading_charts
from dashboards.views.control_charts import thinned
from tests import plants
from tests.plants import MOMENT

GATE = {
    "gate_id": 1,
    "gate_number": D(1),
    "phase_id": 1,
    "name_en": "Receipt",
    "name_hu": "",
    "gate_type": "CHECKPOINT",
    "is_ccp": False,
}
MODELS = ["quality.reading_limits", "quality.reading_results"]
STEADY = (-0.5, 0.6, 0.1, -0.4, 0.5, -0.2, 0.3)


def publish(
    settings,
    tmp_path,
    readings: list[dict],
    limits: list[dict] | None = None,
    products: list[str] | None = None,
) -> None:
    """Publish results, one an hour and of a lot each, at a gate with limits; products in turn."""
    warehouse = plants.empty_warehouse(tmp_path / "working.duckdb", "Europe/Budapest")
    codes = products or []
    lots = [
        {
            "lot_id": n,
            "lot_code": f"L{n}",
            "lot_type": "RAW",
            "product_id": n % len(codes) if codes else None,
        }
        for n in range(len(readings))
    ]
    of = {"gate_id": 1, "characteristic": "temperature", "unit": "C"}
    rows = {
        "lots": lots,
        "products": [
            {"product_id": n, "product_code": code, "name": "Meat"} for n, code in enumerate(codes)
        ],
        **plants.gates(GATE),
        "gate_limits": [
            {"limit_id": n, **of, **limit}
            for n, limit in enumerate(limits if limits is not None else [{"upper_bound": D(4)}])
        ],
        "readings": [
            {"reading_id": n, "lot_id": n, **of, "happened_at": MOMENT + timedelta(hours=n), **one}
            for n, one in enumerate(readings)
        ],
    }
    for table, written in rows.items():
        plants.fill(warehouse, table, written)
    plants.build(warehouse, *MODELS)
    plants.publish_unproven(warehouse, settings.home)
    warehouse.close()


def values(*numbers: float) -> list[dict]:
    return [{"value": D(str(number))} for number in numbers]


def steady(count: int) -> list[dict]:
    return values(*(round(2 + STEADY[place % 7], 3) for place in range(count)))


def tiles(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def drawn(app) -> str:
    """Return everything that the charts hold, as text."""
    return json.dumps([chart.proto.spec for chart in app.get("vega_lite_chart")])


def chart(app, kind: str):
    return app.segmented_control(key="readings_shown").set_value(kind).run()


def test_without_an_edition_it_says_how_to_make_one(screen) -> None:
    assert "lotline refresh" in screen("readings", "VIEWER").info[0].value


def test_where_nothing_was_measured_it_says_where_results_come_from(
    screen, settings, tmp_path
) -> None:
    publish(settings, tmp_path, [])
    assert "Nothing was measured yet" in screen("readings", "VIEWER").info[0].value


def test_results_are_counted_those_outside_named_and_the_newest_come_first(
    screen, settings, tmp_path
) -> None:
    publish(settings, tmp_path, values(1, 2, 6))
    app = screen("readings", "VIEWER")
    assert tiles(app) == {
        "Results": "3",
        "Outside their limit": "1",
        "Can't be judged": "0",
        "Lowest": "1",
        "Mean": "3",
        "Highest": "6",
    }
    rows = app.dataframe[0].value
    assert list(rows["lot_code"]) == ["L2", "L1", "L0"]
    assert list(rows["judged"]) == ["outside", "within", "within"]


def test_only_results_of_the_time_chosen_count_from_the_newest_back(
    screen, settings, tmp_path
) -> None:
    """The newest is of the third hour: 28 days before it is in a quarter, and not in four weeks."""
    newest = MOMENT + timedelta(hours=2)
    times = [newest - timedelta(days=days) for days in (92, 28)]
    old = [{"value": D(n), "happened_at": at} for n, at in enumerate(times, start=7)]
    publish(settings, tmp_path, [*old, *values(3)])
    app = screen("readings")
    assert list(app.dataframe[0].value["lot_code"]) == ["L2", "L1"]
    app.segmented_control(key="readings_span").set_value(28).run()
    assert list(app.dataframe[0].value["lot_code"]) == ["L2"]
    app.segmented_control(key="readings_span").set_value(365).run()
    assert tiles(app)["Results"] == "3"


def test_less_than_a_number_is_drawn_as_that_and_has_no_mean_and_no_control_chart(
    screen, settings, tmp_path
) -> None:
    publish(settings, tmp_path, [*values(1, 2), {"value": D(10), "sign": "<"}])
    app = screen("readings")
    assert "Mean" not in tiles(app) and tiles(app)["Can't be judged"] == "1"
    assert any("known only as less or more" in one.value for one in app.caption)
    assert "less than" in drawn(app) and "triangle-down" in drawn(app)
    app = chart(app, "control")
    assert "1 of 3 results are known only" in app.info[0].value
    assert not app.get("vega_lite_chart")


def test_a_steady_process_tells_what_it_can_keep_and_one_out_of_control_does_not(
    screen, settings, tmp_path
) -> None:
    publish(settings, tmp_path, steady(30))
    app = chart(screen("readings"), "control")
    shown = tiles(app)
    assert shown["Cp"] == shown["Pp"] == "–" and float(shown["Cpk"]) > 0.5
    assert not app.info
    assert any("0 of 30 results lie outside" in one.value for one in app.caption)
    # 1 - 0.05^(1/30) = 9.503 %, and what is at most that is at most 9.6 %
    assert any("at most 9.6% of all" in one.value for one in app.caption)


def test_results_that_are_not_normal_are_said_to_be_so(screen, settings, tmp_path) -> None:
    """Two levels in turn: as steady as can be, and as far from normal."""
    publish(settings, tmp_path, values(*[1, 2] * 20))
    app = chart(screen("readings"), "control")
    assert any("not normally distributed (Shapiro and Wilk" in one.value for one in app.warning)


def test_a_point_that_signals_is_listed_with_why_until_its_rule_is_switched_off(
    screen, settings, tmp_path
) -> None:
    publish(settings, tmp_path, steady(29) + values(9))
    app = chart(screen("readings"), "control")
    signals = app.dataframe[0].value
    assert list(signals["lot_code"]) == ["L29"]
    assert list(signals["signals"]) == ["1 beyond 3σ"]
    assert "Nothing can be said of what it can keep" in app.info[0].value
    app.button_group(key="readings_rules").set_value([]).run()
    assert any("No point signals" in one.value for one in app.caption)


def test_results_under_different_limits_have_no_capability(screen, settings, tmp_path) -> None:
    later = {"in_force_from": MOMENT + timedelta(hours=15)}
    publish(settings, tmp_path, steady(30), [{"upper_bound": D(4)}, {"upper_bound": D(5), **later}])
    app = chart(screen("readings"), "control")
    assert "different limits" in app.info[0].value


def test_a_chart_of_several_products_says_so_until_one_is_chosen(
    screen, settings, tmp_path
) -> None:
    publish(settings, tmp_path, steady(30), products=["P1", "P2"])
    app = chart(screen("readings"), "control")
    assert any("of several products" in one.value for one in app.caption)
    app.selectbox(key="readings_product").select("P2 · Meat").run()
    assert not any("of several products" in one.value for one in app.caption)
    assert tiles(app)["Results"] == "15"


def test_words_are_told_as_shares_by_the_week(screen, settings, tmp_path) -> None:
    words = [{"word": "not detected"}] * 200 + [{"word": "detected"}] * 10
    publish(settings, tmp_path, words, [{"word": "not detected"}])
    app = screen("readings")
    assert tiles(app) == {"Results": "210", "Outside their limit": "10", "Can't be judged": "0"}
    assert "Results that were not as wanted" in drawn(app)
    assert "are words" in chart(app, "control").info[0].value


def test_more_results_than_can_be_drawn_are_drawn_by_the_day(
    screen, settings, tmp_path, monkeypatch
) -> None:
    publish(settings, tmp_path, values(*range(60)))
    monkeypatch.setattr("dashboards.views.reading_charts.MOST_DRAWN", 50)
    app = screen("readings")
    assert any("60 results are too many points" in one.value for one in app.caption)


def test_a_control_chart_of_too_many_points_keeps_all_that_signal(
    screen, settings, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("dashboards.views.reading_charts.MOST_DRAWN", 20)
    publish(settings, tmp_path, steady(30) + values(9) + steady(30))
    app = chart(screen("readings"), "control")
    assert any("61 points are too many to draw: every 4th" in one.value for one in app.caption)
    assert list(app.dataframe[0].value["lot_code"])[-1] == "L30"


def test_of_too_many_points_every_so_many_are_drawn_and_all_that_signal(monkeypatch) -> None:
    monkeypatch.setattr("dashboards.views.reading_charts.MOST_DRAWN", 3)
    names = [["nelson_1"] if place in (1, 7) else [] for place in range(8)]
    points = pl.DataFrame({"value": range(8), "signals": names})
    kept, every = thinned(points)
    assert (kept["value"].to_list(), every) == ([0, 1, 3, 6, 7], 3)
    assert thinned(points.head(3))[0].height == 3
    assert thinned(points.head(0))[0].is_empty()


def test_a_distribution_counts_each_value_once() -> None:
    """1, 1, 1.5 and 3: bars half a unit wide, of 2, 1, 0, 0 and 1."""
    bars = reading_charts._bars(pl.Series([1.0, 1.0, 1.5, 3.0]))
    assert bars["results_count"].to_list() == [2, 1, 0, 0, 1]
    assert bars["from"].to_list() == pytest.approx([0.75, 1.25, 1.75, 2.25, 2.75])
    assert reading_charts._bars(pl.Series([2.0, 2.0])).rows() == [(1.5, 2.5, 2)]
    many = reading_charts._bars(pl.Series([value / 100 for value in range(1000)]))
    assert many.height <= 31 and many["results_count"].sum() == 1000


@pytest.mark.parametrize("kind", ["trend", "control", "spread"])
@pytest.mark.parametrize("count", [1, 2])
def test_a_single_result_and_equal_ones_break_nothing(
    screen, settings, tmp_path, kind, count
) -> None:
    publish(settings, tmp_path, values(*[3] * count))
    assert not chart(screen("readings"), kind).exception
