"""What charts draw by day or week is days on the axis, in whatever zone the browser is."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest

from dashboards.views.charts import decisions_by_day, first_pass
from dashboards.views.exposure_charts import exposure, stretches

SATURDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 23)
# The first day of a plant: one bar, one point, one stretch.
CHARTS = {
    "decisions": lambda: decisions_by_day(
        pl.DataFrame([{"day": SATURDAY, "decision": "PASS", "decisions_count": 15}])
    ),
    "first pass": lambda: first_pass(
        pl.DataFrame(
            [
                {
                    "week": MONDAY,
                    "lot_type": "BAKED",
                    "type_position": 5,
                    "type_colour": None,
                    "first_pass_ratio": 0.75,
                    "passed_first_count": 3,
                    "lots_started_count": 4,
                }
            ],
            schema_overrides={"type_colour": pl.String},
        )
    ),
    "exposure": lambda: exposure(
        pl.DataFrame([{"week": MONDAY, "lots_count": 5, "mean": 8.4, "worst": 9}]), "lots", SATURDAY
    ),
    "stretches": lambda: stretches(
        pl.DataFrame(
            [
                {
                    "first_day": SATURDAY,
                    "last_day": SATURDAY,
                    "days_count": 1,
                    "links_count": 2,
                    "carried_kg": 24_850.0,
                    "lot_types": "FLOUR",
                }
            ]
        )
    ),
}


def encodings(part: Any) -> Iterator[dict]:
    """Find what each layer of a chart encodes."""
    if isinstance(part, dict):
        if "encoding" in part:
            yield part["encoding"]
        for value in part.values():
            yield from encodings(value)
    elif isinstance(part, list):
        for value in part:
            yield from encodings(value)


@pytest.mark.parametrize("name", CHARTS)
def test_an_axis_of_days_has_no_hours_and_no_zone(name: str) -> None:
    """A text such as 2026-11-28 is read as midnight in UTC: 01 AM of it in Budapest, the 27th in
    New York."""
    found = [one["x"] for one in encodings(CHARTS[name]().to_dict()) if "x" in one]
    assert found
    for axis in found:
        assert axis["type"] == "temporal"
        assert axis["scale"] == {"type": "utc"}
        assert axis["axis"]["tickCount"] == {"interval": "day", "step": 1}


@pytest.mark.parametrize("name", CHARTS)
def test_a_tip_says_the_day_that_the_axis_says(name: str) -> None:
    tips = [tip for one in encodings(CHARTS[name]().to_dict()) for tip in one.get("tooltip", ())]
    days = [tip for tip in tips if tip["type"] == "temporal"]
    assert days
    assert {tip["timeUnit"] for tip in days} == {"utcyearmonthdate"}


def test_a_year_of_days_has_no_mark_for_each() -> None:
    """Its marks are months; so wide apart no hour would be marked either."""
    days = [
        {"day": day, "decision": "PASS", "decisions_count": 1} for day in (date(2026, 1, 5), MONDAY)
    ]
    axis = decisions_by_day(pl.DataFrame(days)).to_dict()["encoding"]["x"]
    assert (axis["scale"], axis["axis"]) == ({"type": "utc"}, {})
