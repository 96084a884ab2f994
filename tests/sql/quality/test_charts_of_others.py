"""Charts against two libraries that nobody here wrote: limits to 1e-9, and the points they flag."""

import numpy as np
import pytest

from sql.quality.attributes import defects, defects_per_unit, nonconforming_units, proportions
from sql.quality.run_rules import NELSON, WESTERN_ELECTRIC, signals
from sql.quality.small_shifts import cumulative_sums, weighted_means
from sql.quality.variables import (
    Baseline,
    individuals,
    means_and_deviations,
    means_and_ranges,
)

SERIES = 1_000
WHOLE_WINDOW = 4
CLOSE = 1e-9


@pytest.fixture(scope="module")
def capstat():
    """Load the first library here: it takes a second, in every process that collects tests."""
    import capstat_core

    return capstat_core


@pytest.fixture(scope="module")
def pccpy():
    """Load the second, likewise."""
    import pccpy

    return pccpy


def samples(chance: np.random.Generator) -> np.ndarray:
    """Make up 30 subgroups that drift a little and jump at times, so that every rule is met."""
    size = int(chance.integers(2, 12))
    drift = np.cumsum(chance.normal(0, 0.15, 30)) + chance.choice([0, 0, 2.5], 30)
    return 50 + chance.normal(drift[:, None], 1.0, (30, size))


def assert_same_limits(ours, theirs) -> None:
    """Hold a chart against one of capstat: the same limits at every point, the same points."""
    for name in ("center", "lower", "upper"):
        assert getattr(ours, name)[0] == pytest.approx(getattr(theirs.limits, name), rel=CLOSE)
    assert ours.points == pytest.approx(np.array(theirs.points), rel=CLOSE)


def flagged_by_capstat(chart, rules) -> list[tuple[int, int]]:
    found = [(found.rule, found.point) for found in rules(chart)]
    return sorted(one for one in found if one[1] >= WHOLE_WINDOW)


def flagged_by_us(chart, rules) -> list[tuple[int, int]]:
    """Return rules and places; of the first few points capstat asks for the whole window first."""
    found = signals(chart, rules)
    flagged = [(int(name[-1]), int(at)) for name, places in found.items() for at in places]
    return sorted(one for one in flagged if one[1] >= WHOLE_WINDOW)


def test_limits_and_flags_of_1_000_random_series_are_those_of_capstat(capstat) -> None:
    chance = np.random.default_rng(15)
    flags = 0
    for _series in range(SERIES):
        values = samples(chance)
        pairs = [
            (means_and_ranges(values), capstat.xbar_r_chart(values)),
            (means_and_deviations(values), capstat.xbar_s_chart(values)),
            (individuals(values[:, 0]), capstat.i_mr_chart(values[:, 0])),
        ]
        for ours, theirs in pairs:
            assert_same_limits(ours.location, theirs.location)
            assert_same_limits(ours.spread, theirs.dispersion)
            for rules, judge in (
                (WESTERN_ELECTRIC, capstat.western_electric_rules),
                (NELSON, capstat.nelson_rules),
            ):
                found = flagged_by_us(ours.location, rules)
                assert found == flagged_by_capstat(theirs.location, judge)
                flags += len(found)
    assert flags > SERIES


def test_charts_of_a_baseline_are_those_of_capstat(capstat) -> None:
    values = samples(np.random.default_rng(16))
    ours = means_and_ranges(values, Baseline(50.5, 1.2))
    theirs = capstat.xbar_r_chart(values, center=50.5, sigma=1.2)
    assert_same_limits(ours.location, theirs.location)
    assert_same_limits(ours.spread, theirs.dispersion)


def assert_same_panel(ours, theirs) -> None:
    """Hold a chart against a panel of pccpy."""
    for found, named in (
        (ours.points, "values"),
        (ours.center, "center"),
        (ours.lower, "lcl"),
        (ours.upper, "ucl"),
    ):
        assert found == pytest.approx(np.asarray(getattr(theirs, named)), rel=CLOSE), named


def test_charts_of_counts_are_those_of_pccpy(pccpy) -> None:
    chance = np.random.default_rng(17)
    for _series in range(100):
        sizes = chance.integers(2_000, 9_000, 40)
        share = np.clip(chance.normal(0.03, 0.01, 40), 0, 1)
        bad = chance.binomial(sizes, share)
        few, spots = chance.binomial(500, share), chance.poisson(40 * share * 10)
        pairs = [
            (proportions(bad, sizes), pccpy.p_chart(bad, sizes)),
            (proportions(bad, sizes, is_laney=True), pccpy.laney_p_chart(bad, sizes)),
            (nonconforming_units(few, 500), pccpy.np_chart(few, 500)),
            (defects(spots), pccpy.c_chart(spots)),
            (defects_per_unit(bad, sizes), pccpy.u_chart(bad, sizes)),
            (defects_per_unit(bad, sizes, is_laney=True), pccpy.laney_u_chart(bad, sizes)),
        ]
        for ours, theirs in pairs:
            assert_same_panel(ours, theirs.panels[0])


def test_subgroups_of_several_sizes_are_charted_as_pccpy_does(pccpy) -> None:
    chance = np.random.default_rng(18)
    for _series in range(100):
        groups = [list(chance.normal(10, 1, int(chance.integers(2, 9)))) for _group in range(30)]
        frame = [value for group in groups for value in group]
        of = [number for number, group in enumerate(groups) for _value in group]
        ours = means_and_deviations(groups, Baseline(10.0, 1.0))
        theirs = pccpy.xbar_s_chart(frame, subgroup=of, mu=10.0, sigma=1.0)
        assert_same_panel(ours.location, theirs.panels[0])
        assert_same_panel(ours.spread, theirs.panels[1])


def test_small_shifts_are_gathered_as_by_capstat(capstat) -> None:
    chance = np.random.default_rng(19)
    for _series in range(200):
        values = chance.normal(20, 2, 60)
        ours = weighted_means(values, Baseline(20.0, 2.0), at_sigmas=3.0)
        theirs = capstat.ewma_chart(values, target=20.0, sigma=2.0)
        assert ours.points == pytest.approx(np.array(theirs.points), rel=CLOSE)
        assert ours.upper == pytest.approx(np.array(theirs.upper), rel=CLOSE)
        sums = cumulative_sums(values, Baseline(20.0, 2.0))
        of_theirs = capstat.cusum_chart(values, target=20.0, sigma=2.0)
        assert sums.above == pytest.approx(np.array(of_theirs.upper), rel=CLOSE)
        assert sums.below == pytest.approx(np.abs(of_theirs.lower), rel=CLOSE)
