"""Capability: what one-sided limits have, and which processes have none, each with its reason."""

import numpy as np
import pytest

from sql.quality.attributes import defects, proportions
from sql.quality.capability import Tolerance, capability
from sql.quality.charts import NotDrawable
from sql.quality.constants import d2
from sql.quality.run_rules import WESTERN_ELECTRIC
from sql.quality.small_shifts import cumulative_sums, weighted_means
from sql.quality.stability import reason_for_none
from sql.quality.variables import Baseline, individuals, means_and_ranges

BOTH = Tolerance(lower=-6.0, upper=6.0)


def steady(count: int) -> list[float]:
    """Return values that signal nothing: in threes, none of which lies far from the others."""
    return [(-0.5, 0.6, 0.1, -0.4, 0.5, -0.2, 0.3)[place % 7] for place in range(count)]


def test_limits_of_one_side_have_that_side_s_index_alone() -> None:
    found = capability([1.0, 2.0, 3.0], 0.5, Tolerance(upper=5.0, target=2.0))
    assert found.cp is None and found.pp is None and found.cpm is None
    assert found.cpl is None and found.ppl is None
    assert found.cpu is not None and found.cpk is not None and found.ppk is not None
    assert found.cpu.value == found.cpk.value == pytest.approx((5 - 2) / (3 * 0.5))
    assert found.ppk.value == pytest.approx((5 - 2) / (3 * 1.0))


def test_nobody_s_target_is_no_cpm() -> None:
    assert capability([1.0, 2.0, 3.0], 0.5, BOTH).cpm is None


def test_a_mean_beyond_its_limit_has_an_index_below_0() -> None:
    found = capability([9.0, 10.0, 11.0], 1.0, BOTH)
    assert found.cpk is not None
    assert found.cpk.value == pytest.approx(-4 / 3)
    assert found.cpk.lower < found.cpk.value < found.cpk.upper


def test_a_steady_process_of_25_points_has_a_capability_and_of_24_none() -> None:
    assert reason_for_none(individuals(steady(25)), BOTH, WESTERN_ELECTRIC) is None
    why = reason_for_none(individuals(steady(24)), BOTH, WESTERN_ELECTRIC)
    assert why == "24 points; 25 or more say what a process can keep"


def test_plotted_points_count_and_not_readings() -> None:
    charts = means_and_ranges(np.reshape(steady(120), (24, 5)))
    why = reason_for_none(charts, BOTH, WESTERN_ELECTRIC)
    assert why is not None and why.startswith("24 points")


@pytest.mark.parametrize(
    ("values", "tolerance", "why"),
    [
        (steady(30), Tolerance(), "no limit"),
        ([4.0] * 30, BOTH, "all values are equal"),
        ([*steady(29), 9.0], BOTH, "the spread is out of control"),
        ([0.1 * value + place / 4 for place, value in enumerate(steady(30))], BOTH, "the chart is"),
    ],
)
def test_what_says_nothing_of_tomorrow_has_none_and_says_why(values, tolerance, why) -> None:
    said = reason_for_none(individuals(values), tolerance, WESTERN_ELECTRIC)
    assert said is not None and said.startswith(why)


def test_a_rule_that_is_switched_off_forbids_no_capability() -> None:
    drift = [value + 0.55 for value in steady(9)] + [value - 0.15 for value in steady(21)]
    charts = individuals(drift, Baseline(0.0, 0.6))
    assert reason_for_none(charts, BOTH, WESTERN_ELECTRIC) is not None
    assert reason_for_none(charts, BOTH, WESTERN_ELECTRIC[:1]) is None


@pytest.mark.parametrize(
    "draw",
    [
        lambda: individuals([1.0]),
        lambda: individuals([1.0, float("nan")]),
        lambda: means_and_ranges([[1.0, 2.0]]),
        lambda: means_and_ranges([[1.0, 2.0], [1.0]]),
        lambda: proportions([3, 4], [3, 3]),
        lambda: proportions([3, -1], [3, 3]),
        lambda: proportions([0, 0], [3, 0]),
        lambda: defects([1]),
        lambda: weighted_means([], Baseline(0.0, 1.0)),
        lambda: weighted_means([1.0], Baseline(0.0, 1.0), weight=0.0),
        lambda: cumulative_sums([float("inf")], Baseline(0.0, 1.0)),
    ],
)
def test_what_makes_no_chart_says_so(draw) -> None:
    with pytest.raises(NotDrawable):
        draw()


def test_values_that_never_vary_have_limits_on_their_centre_and_nothing_signals() -> None:
    charts = individuals([5.0] * 12)
    assert (charts.location.upper == 5).all() and (charts.location.lower == 5).all()
    assert len(charts.location.beyond_limits()) == 0
    assert not charts.location.standardised().any()


def test_a_point_off_a_centre_that_never_varied_is_beyond() -> None:
    charts = individuals([5.0, 5.0, 5.1], Baseline(5.0, 0.0))
    assert list(charts.location.beyond_limits()) == [2]


def test_cumulated_sums_and_weighted_means_are_those_worked_out_by_hand() -> None:
    sums = cumulative_sums([1.0, 2.0, -3.0, 1.0], Baseline(0.0, 1.0), slack=0.5, at_sigmas=2.0)
    assert list(sums.above) == [0.5, 2.0, 0.0, 0.5]
    assert list(sums.below) == [0.0, 0.0, 2.5, 1.0]
    assert list(sums.beyond_limit()) == [2]
    means = weighted_means([10.0, 0.0], Baseline(0.0, 1.0), weight=0.2, at_sigmas=3.0)
    assert list(means.points) == pytest.approx([2.0, 1.6])
    assert list(means.upper) == pytest.approx([0.6, 3 * (0.2 / 1.8 * (1 - 0.8**4)) ** 0.5])


def test_a_subgroup_of_a_hundred_has_constants_too() -> None:
    assert d2(100) == pytest.approx(5.01519, abs=1e-5)
