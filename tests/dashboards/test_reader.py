"""Numbers in words have the reader's decimal sign; in files they have a point, always."""

from decimal import Decimal as D

import pytest

from dashboards.commands.wording import celsius
from dashboards.commands.wording import kilograms as refused_kilograms
from dashboards.reader import signs
from dashboards.reader.parts import percent, with_unit
from dashboards.reader.signs import as_read, number, written_to_a_file
from dashboards.words import amount, kilograms, plural
from sql.amounts import Amount


@pytest.fixture
def comma(monkeypatch) -> None:
    """Read as somebody does whose language writes a decimal comma."""
    monkeypatch.setattr(signs, "_askers", [lambda: ","])


def test_with_nobody_to_ask_a_point_is_written() -> None:
    """The API and the terminal have no reader's browser."""
    assert kilograms(D("29991.5")) == "29,991.5 kg"
    assert refused_kilograms(D("29.991")) == "29.991 kg"


def test_who_reads_a_comma_is_told_no_thousands_by_one(comma) -> None:
    """29.991 kg beside a table's 29,991 would be a thousand times as much to somebody."""
    assert kilograms(D("29.991")) == "29,991 kg"
    assert kilograms(D("29991")) == "29\u00a0991 kg"
    assert amount(Amount(D("0.5"), None)) == "at least 0,5 kg"
    assert plural(15_134, "lot") == "15\u00a0134 lots"
    assert number(0.978, ".1%") == "97,8%"
    assert (refused_kilograms(D("1.50")), celsius(D("-18.5"))) == ("1,5 kg", "-18,5 °C")


def test_results_of_measurements_are_numbers_too_and_words_stay(comma) -> None:
    said = ["6.2", "<6.2", "-18.5", "not detected", "3.1.2", "10"]

    assert [as_read(one) for one in said] == ["6,2", "<6,2", "-18,5", "not detected", "3.1.2", "10"]


def test_what_goes_into_a_file_has_a_point_whoever_asks_for_it(comma) -> None:
    with written_to_a_file():
        assert kilograms(D("1234.5")) == "1,234.5 kg"
    assert kilograms(D("1234.5")) == "1\u00a0234,5 kg"


@pytest.mark.parametrize(
    ("ratio", "places", "said"),
    [
        (0.9771, 1, "97.7%"),
        (D("0.05"), 1, "5%"),
        (0.07 * 100 / 100, 1, "7%"),
        (1, 1, "100%"),
        (0.99996, 1, "100.0%"),  # rounded: not all of it
        (0.00004, 1, "0.0%"),
        (0.1997, 2, "19.97%"),
        (49.8, 0, "4,980%"),
    ],
)
def test_a_part_has_its_sign_close_by_and_says_where_it_was_rounded(ratio, places, said) -> None:
    assert percent(ratio, places) == said


def test_a_trend_has_its_sign_in_front() -> None:
    assert [percent(one, 0, sign="+") for one in (0.125, -0.125, 0)] == ["+12%", "-12%", "+0%"]


def test_a_unit_stands_apart_but_for_percent() -> None:
    said = [
        with_unit("72", "C"),
        with_unit("≤ 15.5", "%"),
        with_unit("15", "s"),
        with_unit("ok", ""),
    ]
    assert said == ["72 °C", "≤ 15.5%", "15 s", "ok"]
