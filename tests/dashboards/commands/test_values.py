"""A number is taken exactly, a code and a text as they are kept; the rest is refused by name."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dashboards.commands.numbers import LONGEST_NUMBER, plain_number
from dashboards.commands.refusals import BadValue
from dashboards.commands.values import code, day, free_text, moment, moved_kg, number, weight_kg
from tests.cases import each_of


def refusal_of(value, **bounds):
    with pytest.raises(BadValue) as refusal:
        number(value, "weight_kg", **bounds)
    assert refusal.value.field == "weight_kg"
    return refusal.value.code


@each_of(
    "value",
    ["1." + "0" * 30 + "1", "9999." + "9" * 30, Decimal("0." + "0" * 35 + "1"), "1.0000001"],
)
def test_a_long_number_is_not_rounded_past_the_places_check(value):
    assert refusal_of(value) == "PLACES"


@each_of(
    "value", ["1e41", "1e999999", "-1e999999", "1E+1000000", "1e-999999", "0e-999999", "0e999999"]
)
def test_a_huge_exponent_is_refused_and_never_a_fault(value):
    assert refusal_of(value) == "LENGTH"


@each_of("value", ["1e99999999999999999999", "NaN", "Infinity", "sNaN", "ten"])
def test_what_is_no_finite_number_is_refused(value):
    assert refusal_of(value) == "NUMBER"


def test_a_number_of_more_than_forty_digits_is_refused_though_it_ends_in_zeros():
    assert refusal_of("9" * (LONGEST_NUMBER + 1)) == "LENGTH"
    assert refusal_of("1." + "0" * LONGEST_NUMBER) == "LENGTH"
    assert number("9" * LONGEST_NUMBER, "weight_kg") == Decimal("9" * LONGEST_NUMBER)


@each_of(
    ("typed", "kept"),
    [
        ("25,5", "25.5"),
        ("25.5", "25.5"),
        (" 12 ", "12"),
        ("\u221218,5", "-18.5"),
        ("+3", "3"),
        (",5", "0.5"),
        ("0,125", "0.125"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234.5", "1234.5"),
        ("1\u202f234\u202f567", "1234567"),
        ("25.125", "25.125"),
        ("1.2E+04", "12000"),
        ("1,2345", "1.2345"),
        ("12345,678", "12345.678"),
    ],
)
def test_point_and_comma_are_both_decimal_signs(typed, kept):
    assert number(typed, "weight_kg", places=4) == Decimal(kept)


@each_of("value", ["1,234", "-25,500", "999,000"])
def test_what_two_readers_read_in_two_ways_is_refused(value):
    assert refusal_of(value, places=4) == "TWO_READINGS"


def test_the_readers_own_sign_settles_which_number_it_is():
    assert plain_number("25,125", "weight_kg", ",") == "25.125"
    with pytest.raises(BadValue, match="two ways. Type 25125 or 25,125"):
        plain_number("25.125", "weight_kg", ",")
    assert plain_number("25.125", "weight_kg", ".") == "25.125"


@each_of(
    "value",
    [
        "1_000",
        "1.234,5",
        "1,234.5",
        "1'234",
        "\u0661\u0662",
        "\uff15",
        "\u00bd",
        "12.5kg",
        "5.",
        "<10",
        "0x10",
        "1 23",
        "12 34,5",
        "10 %",
        "--1",
        "1e",
        "1\n2",
        "1\x002",
    ],
)
def test_any_other_sign_among_the_digits_is_refused(value):
    assert refusal_of(value) == "NUMBER"


def test_zeros_at_the_end_are_no_places():
    assert weight_kg("12.500000", "weight_kg") == Decimal("12.5")
    assert number("1e3", "weight_kg", places=0) == 1000
    assert number("0.000000", "weight_kg", places=0) == 0


def test_a_number_out_of_bounds_is_refused():
    assert refusal_of("10000.001", highest=Decimal(10_000)) == "RANGE"


@each_of(
    ("typed", "kept"),
    [
        (" A-1 ", "A-1"),
        ("\ta b\n", "a b"),
        ("e\u0301", "é"),
        ("x" * 100, "x" * 100),
        ("1", "1"),
        ("\u3000A\u00a0", "A"),
        ("a/b?c#d%e", "a/b?c#d%e"),
        (" " * 200 + "A", "A"),
    ],
)
def test_a_code_is_kept_trimmed_and_in_one_spelling(typed, kept):
    assert code(typed, "lot_code") == kept


@each_of(
    ("typed", "kind", "said"),
    [
        ("", "EMPTY", "must not be empty"),
        (" \t\u3000", "EMPTY", "must not be empty"),
        ("x" * 251, "LENGTH", "has 251 characters; at most 250"),
        ("A\nB", "CHARACTERS", "character 2 (U+000A)"),
        (" AB\u200bC", "CHARACTERS", "character 3 (U+200B zero width space)"),
        ("A\u00a0B", "CHARACTERS", "character 2 (U+00A0 no-break space)"),
        ("A\u202eB", "CHARACTERS", "character 2 (U+202E right-to-left override)"),
        ("A\u00adB", "CHARACTERS", "character 2 (U+00AD soft hyphen)"),
        ("A\ue000", "CHARACTERS", "character 2 (U+E000)"),
        ("\0", "CHARACTERS", "U+0000"),
        ("\ud800", "CHARACTERS", "U+D800"),
    ],
)
def test_a_code_that_can_not_be_printed_is_refused_at_its_character(typed, kind, said):
    with pytest.raises(BadValue) as refusal:
        code(typed, "lot_code")
    assert (refusal.value.field, refusal.value.code) == ("lot_code", kind)
    assert said in str(refusal.value)


def test_a_note_keeps_its_lines_and_what_it_says():
    assert free_text("  <b>ő</b>\n=1+1\t\u200d ", "notes") == "<b>ő</b>\n=1+1\t\u200d"
    assert free_text(" \n ", "notes") is None and free_text(None, "notes") is None


@each_of("typed", ["a\0b", "\u202eb", "\ud800", "\x1b[31m", "\u200b" * 10])
def test_a_note_that_can_not_be_printed_is_refused(typed):
    with pytest.raises(BadValue) as refusal:
        free_text(typed, "notes")
    assert refusal.value.code == "CHARACTERS"


def test_a_year_that_lost_a_digit_or_swapped_two_is_refused():
    for refused in (
        lambda: moment(datetime(206, 3, 9, tzinfo=UTC)),
        lambda: moment(datetime(1899, 12, 31, 23, 59, tzinfo=UTC)),
        lambda: day(date(206, 12, 31), "expires_on"),
        lambda: day(date(1899, 12, 31), "expires_on"),
    ):
        with pytest.raises(BadValue, match="lies before 1900. Check the year"):
            refused()
    assert day(date(1900, 1, 1), "expires_on") == date(1900, 1, 1)
    assert moment(datetime(1900, 1, 1, tzinfo=UTC)).year == 1900


@each_of("value", ["-15", "-0,5", Decimal(-3), -2.5])
def test_less_than_nothing_does_not_move_and_the_way_out_is_said(value):
    with pytest.raises(BadValue, match="less than nothing can't move.*RETURNED.*voided") as refusal:
        moved_kg(value, "quantity_kg")
    assert (refusal.value.field, refusal.value.code) == ("quantity_kg", "RANGE")
