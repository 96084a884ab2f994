"""A number is taken exactly, or refused by name; no length or exponent slips past."""

from decimal import Decimal

import pytest

from dashboards.commands.refusals import BadValue
from dashboards.commands.values import LONGEST_NUMBER, number, weight_kg


def refusal_of(value, **bounds):
    with pytest.raises(BadValue) as refusal:
        number(value, "weight_kg", **bounds)
    assert refusal.value.field == "weight_kg"
    return refusal.value.code


@pytest.mark.parametrize(
    "value",
    ["1." + "0" * 30 + "1", "9999." + "9" * 30, Decimal("0." + "0" * 35 + "1"), "1.0001"],
)
def test_a_long_number_is_not_rounded_past_the_places_check(value):
    assert refusal_of(value) == "PLACES"


@pytest.mark.parametrize(
    "value", ["1e41", "1e999999", "-1e999999", "1E+1000000", "1e-999999", "0e-999999", "0e999999"]
)
def test_a_huge_exponent_is_refused_and_never_a_fault(value):
    assert refusal_of(value) == "LENGTH"


@pytest.mark.parametrize("value", ["1e99999999999999999999", "NaN", "Infinity", "sNaN", "ten"])
def test_what_is_no_finite_number_is_refused(value):
    assert refusal_of(value) == "NUMBER"


def test_a_number_of_more_than_forty_digits_is_refused_though_it_ends_in_zeros():
    assert refusal_of("9" * (LONGEST_NUMBER + 1)) == "LENGTH"
    assert refusal_of("1." + "0" * LONGEST_NUMBER) == "LENGTH"
    assert number("9" * LONGEST_NUMBER, "weight_kg") == Decimal("9" * LONGEST_NUMBER)


def test_zeros_at_the_end_are_no_places():
    assert weight_kg("12.500000", "weight_kg") == Decimal("12.5")
    assert number("1e3", "weight_kg", places=0) == 1000
    assert number("0.000000", "weight_kg", places=0) == 0


def test_a_number_out_of_bounds_is_refused():
    assert refusal_of("10000.001", highest=Decimal(10_000)) == "RANGE"
