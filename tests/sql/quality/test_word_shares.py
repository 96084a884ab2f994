"""Results that are words: what share of each week's was not as wanted, by hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from sql.quality.charts import NotDrawable
from sql.quality.word_shares import shares_by_week

SITE = ZoneInfo("Europe/Budapest")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SCHEMA = {
    "happened_at": pl.Datetime(time_zone="UTC"),
    "happened_until": pl.Datetime(time_zone="UTC"),
    "breaks": pl.Boolean,
}


def weeks(*counts: tuple[int, int]) -> pl.DataFrame:
    """Make up weeks, each of so many broken results among so many, an hour apart."""
    return pl.DataFrame(
        [
            {"happened_at": MONDAY + timedelta(weeks=week, minutes=place), "breaks": place < broken}
            for week, (broken, all_of_them) in enumerate(counts)
            for place in range(all_of_them)
        ],
        schema=SCHEMA,
    )


def test_a_week_s_share_is_its_broken_results_among_those_judged() -> None:
    """Of 20 and 30 results 2 and 3 broke: 10 % each, and 10 % in all."""
    found = shares_by_week(weeks((2, 20), (3, 30)), SITE)
    assert found["value"].to_list() == pytest.approx([0.1, 0.1])
    assert found["center"].to_list() == pytest.approx([0.1, 0.1])
    assert found["results_count"].to_list() == [20, 30]
    assert found["upper"][0] == pytest.approx(0.1 + 3 * (0.09 / 20) ** 0.5)


def test_a_week_begins_on_the_site_s_monday() -> None:
    """At 23:30 UTC on Sunday it is Monday there."""
    frame = weeks((0, 2), (1, 2)).with_columns(
        pl.col("happened_at") - pl.duration(hours=9, minutes=30)
    )
    assert shares_by_week(frame, SITE)["results_count"].to_list() == [2, 2]


def test_what_was_not_judged_or_has_no_known_time_is_left_out() -> None:
    frame = weeks((1, 4), (1, 4)).with_row_index()
    frame = frame.with_columns(
        breaks=pl.when(pl.col("index") == 3).then(None).otherwise("breaks"),
        happened_until=pl.when(pl.col("index") == 7).then(pl.col("happened_at")),
    )
    assert shares_by_week(frame, SITE)["value"].to_list() == pytest.approx([1 / 3, 1 / 3])


def test_a_week_far_beyond_the_others_signals() -> None:
    found = shares_by_week(weeks(*[(1, 50)] * 8, (20, 50)), SITE)
    assert [bool(names) for names in found["signals"].to_list()] == [False] * 8 + [True]


def test_of_thousands_a_week_the_limits_are_wider_than_chance() -> None:
    few = shares_by_week(weeks(*[(20, 900), (60, 900)] * 3), SITE)
    many = shares_by_week(weeks(*[(20, 1100), (60, 1100)] * 3), SITE)
    assert few["signals"].list.len().sum() > 0
    assert many["signals"].list.len().sum() == 0


def test_one_week_makes_no_chart() -> None:
    with pytest.raises(NotDrawable):
        shares_by_week(weeks((1, 5)), SITE)
    with pytest.raises(NotDrawable):
        shares_by_week(weeks(), SITE)
