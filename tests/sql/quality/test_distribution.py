"""Whether values are normal, and how many lie outside whatever they are."""

import numpy as np
import pytest
from scipy.special import bdtr, betaincinv

from sql.quality.capability import Tolerance
from sql.quality.distribution import normality, outside


def test_of_none_outside_among_n_at_most_the_share_is_known_by_hand() -> None:
    """(1 - p)^59 = 0.05 has p = 1 - 0.05^(1/59) = 4.95 %: the old rule of 59."""
    found = outside([1.0] * 59, Tolerance(upper=2.0))
    assert (found.count, found.of_count) == (0, 59)
    assert found.at_most_ratio == pytest.approx(1 - 0.05 ** (1 / 59))


def test_the_bound_is_clopper_and_pearson_s_at_every_count() -> None:
    for count in range(20):
        values = [5.0] * count + [1.0] * (20 - count)
        found = outside(values, Tolerance(lower=0.0, upper=2.0))
        assert found.count == count
        assert found.at_most_ratio == pytest.approx(betaincinv(count + 1, 20 - count, 0.95))
        assert bdtr(count, 20, found.at_most_ratio) == pytest.approx(0.05)


def test_all_outside_may_be_all() -> None:
    assert outside([5.0] * 4, Tolerance(upper=2.0)).at_most_ratio == 1


def test_a_value_on_its_limit_is_not_outside() -> None:
    assert outside([0.0, 2.0, -0.1, 2.1], Tolerance(lower=0.0, upper=2.0)).count == 2
    assert outside([0.0, 2.0, -0.1, 2.1], Tolerance(lower=0.0)).count == 1


def test_normal_values_pass_and_skewed_ones_do_not() -> None:
    chance = np.random.default_rng(15)
    normal, skewed = normality(chance.normal(5, 2, 400)), normality(chance.exponential(2, 400))
    assert normal is not None and skewed is not None
    assert normal.test == skewed.test == "shapiro_wilk"
    assert normal.chance > 0.05 > 1e-6 > skewed.chance
    many = normality(chance.exponential(2, 6_000))
    assert many is not None and many.test == "dagostino_pearson" and many.chance < 1e-6


def test_few_values_and_equal_ones_are_not_tested() -> None:
    assert normality([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]) is None
    assert normality([1.0] * 50) is None
