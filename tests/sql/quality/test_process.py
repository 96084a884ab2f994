"""From results to charts: what a point is, what is left out, and why nothing can be said."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from sql.quality.capability import Tolerance
from sql.quality.charts import NotDrawable
from sql.quality.gathering import Gathered
from sql.quality.process import process_of
from sql.quality.run_rules import WESTERN_ELECTRIC

SITE = ZoneInfo("Europe/Budapest")
FIRST = datetime(2026, 3, 28, 6, tzinfo=UTC)
SCHEMA = {
    "happened_at": pl.Datetime(time_zone="UTC"),
    "happened_until": pl.Datetime(time_zone="UTC"),
    "lot_code": pl.String,
    "value": pl.Float64,
    "sign": pl.String,
    "word": pl.String,
}


def results(
    *values, lots: str = "", every=timedelta(hours=1), begins=FIRST, **more
) -> pl.DataFrame:
    """Make results, one an hour, of one lot or of lots with a letter each."""
    rows = [
        {
            "happened_at": begins + place * every,
            "lot_code": lots[place] if lots else "L",
            "value": float(value),
        }
        | {name: of[place] for name, of in more.items()}
        for place, value in enumerate(values)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)


AT_MOST_20 = (Tolerance(upper=20.0),)


def charted(frame: pl.DataFrame, by: Gathered, tolerances=AT_MOST_20):
    return process_of(frame, by=by, rules=WESTERN_ELECTRIC, tolerances=tolerances, zone=SITE)


def test_single_values_are_charted_in_their_order_each_with_its_lot() -> None:
    """Moving ranges 2, 1, 3: their mean is 2, so sigma is 2 / 1.128."""
    found = charted(results(5, 7, 6, 9, lots="ABCD"), Gathered.SINGLE)
    assert found.location["value"].to_list() == [5, 7, 6, 9]
    assert found.location["lot_code"].to_list() == list("ABCD")
    assert found.location["center"][0] == pytest.approx(6.75)
    assert found.baseline.sigma == pytest.approx(2 / 1.128379167)
    assert found.spread["value"].to_list() == [2, 1, 3]
    assert found.spread["lot_code"].to_list() == list("BCD")
    assert found.spread_is == "moving_range"


def test_a_lot_s_results_are_one_point_and_a_lone_result_is_left_out_and_counted() -> None:
    """A has 5 and 7, B alone, C has 1, 2 and 6: means 6 and 3, ranges 2 and 5."""
    found = charted(results(5, 9, 7, 1, 2, 6, lots="ABACCC"), Gathered.LOT)
    assert found.location["value"].to_list() == [6, 3]
    assert found.location["lot_code"].to_list() == ["A", "C"]
    assert found.location["results_count"].to_list() == [2, 3]
    assert found.spread["value"].to_list() == [2, 5]
    assert found.left_out_count == 1


def test_days_are_the_site_s_on_the_night_the_clocks_change_too() -> None:
    """At 22:30 and 23:30 UTC on 28 March it is 23:30 on the 28th and 00:30 on the 29th there."""
    begins = datetime(2026, 3, 28, 21, 30, tzinfo=UTC)
    found = charted(results(1, 3, 10, 12, 20, begins=begins), Gathered.DAY)
    assert found.location["value"].to_list() == [2, 14]
    assert found.location["results_count"].to_list() == [2, 3]


def test_a_point_of_several_lots_names_none() -> None:
    found = charted(results(1, 3, 5, 7, lots="AABC", every=timedelta(hours=12)), Gathered.DAY)
    assert found.location["lot_code"].to_list() == ["A", None]


def test_from_ten_results_a_point_on_the_spread_is_the_standard_deviation() -> None:
    every = timedelta(minutes=1)
    nine, ten = "A" * 9 + "B" * 9, "A" * 10 + "B" * 9
    of_nine = charted(results(*range(18), lots=nine, every=every), Gathered.LOT)
    of_ten = charted(results(*range(19), lots=ten, every=every), Gathered.LOT)
    assert (of_nine.spread_is, of_ten.spread_is) == ("range", "deviation")


def test_a_result_known_by_the_day_has_no_place_in_the_order() -> None:
    until = [None, FIRST + timedelta(days=1), None]
    found = charted(results(1, 50, 3, happened_until=until), Gathered.SINGLE)
    assert found.location["value"].to_list() == [1, 3]
    assert found.left_out_count == 1


@pytest.mark.parametrize(
    ("frame", "by", "why"),
    [
        (
            results(1, 10, 3, sign=[None, "<", None]),
            Gathered.SINGLE,
            "1 of 3 results are known only",
        ),
        (results(0, 0, word=["ok", "not ok"]), Gathered.SINGLE, "2 of 2 results are words"),
        (results(1, 2, lots="AB"), Gathered.LOT, "No lot has two results"),
        (results(), Gathered.SINGLE, "No result has a known time"),
        (results(1), Gathered.SINGLE, "one value has no spread"),
    ],
)
def test_what_makes_no_chart_says_why(frame, by, why) -> None:
    with pytest.raises(NotDrawable, match=why):
        charted(frame, by)


def steady(count: int) -> list[float]:
    return [10 + (-0.5, 0.6, 0.1, -0.4, 0.5, -0.2, 0.3)[place % 7] for place in range(count)]


def test_a_steady_process_tells_what_it_can_keep_and_a_point_beyond_takes_that_back() -> None:
    found = charted(results(*steady(30)), Gathered.SINGLE)
    assert found.why_none is None and found.capability is not None
    assert found.capability.cpu is not None and found.capability.cp is None
    upset = charted(results(*steady(29), 15), Gathered.SINGLE)
    assert upset.capability is None
    assert upset.location["signals"].to_list()[-1] == ["western_electric_1"]
    assert upset.spread["signals"].to_list()[-1] == ["beyond_limit"]


def test_results_under_different_limits_have_no_capability() -> None:
    two = (Tolerance(upper=20.0), Tolerance(upper=18.0))
    assert "different limits" in str(charted(results(*steady(30)), Gathered.SINGLE, two).why_none)
    assert "no limit" in str(charted(results(*steady(30)), Gathered.SINGLE, ()).why_none)
