"""Charts of what is measured: single values with moving ranges, subgroups with their spread.

Sigma is that of a value within a subgroup, so that what happens between subgroups shows: mean
moving range / d2(2), mean of range / d2(n), or mean of standard deviation / c4(n). Where subgroups
differ in size each has its own constants and limits. With a baseline nothing is estimated: its
centre and sigma make the limits. Source: Montgomery, Statistical Quality Control, chapter 6.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sql.quality.charts import (
    LIMITS_AT_SIGMAS,
    Array,
    Baseline,
    Chart,
    NotDrawable,
    exact_mean,
    numbers,
    symmetric,
)
from sql.quality.constants import c4, d2, d3


@dataclass(frozen=True)
class VariablesCharts:
    """The two charts of measured values, and what they rest on.

    Attributes:
        location: Single values, or the subgroups' means.
        spread: Moving ranges (one fewer than values), ranges or standard deviations.
        baseline: The centre and sigma that made the limits, estimated or given.
    """

    location: Chart
    spread: Chart
    baseline: Baseline


def individuals(values: ArrayLike, baseline: Baseline | None = None) -> VariablesCharts:
    """Chart single values and their moving ranges (I-MR).

    Args:
        values: In order of time.
        baseline: What earlier values came to; None: estimated from these.

    Raises:
        NotDrawable: There are fewer than two values, or one is not a number.
    """
    points = numbers(values)
    if len(points) < 2:
        raise NotDrawable("one value has no spread: a chart of single values takes two or more")
    moves = np.abs(np.diff(points))
    if baseline is None:
        baseline = Baseline(exact_mean(points), exact_mean(moves) / d2(2))
    return VariablesCharts(
        symmetric(points, baseline.center, baseline.sigma),
        _spread(moves, baseline.sigma, np.full(moves.shape, d2(2)), np.full(moves.shape, d3(2))),
        baseline,
    )


def means_and_ranges(
    subgroups: Iterable[ArrayLike], baseline: Baseline | None = None
) -> VariablesCharts:
    """Chart the means of subgroups and their ranges (X-bar and R).

    Args:
        subgroups: Each of two values or more, in order of time.
        baseline: What earlier subgroups came to; None: estimated from these.

    Raises:
        NotDrawable: There are fewer than two subgroups, one has a single value, or a value is not a
            number.
    """
    groups, sizes = _groups(subgroups)
    ranges = np.array([np.ptp(group) for group in groups])
    means_of_ranges = _each(d2, sizes)
    if baseline is None:
        baseline = Baseline(_grand_mean(groups), exact_mean(ranges / means_of_ranges))
    return VariablesCharts(
        _means(groups, sizes, baseline),
        _spread(ranges, baseline.sigma, means_of_ranges, _each(d3, sizes)),
        baseline,
    )


def means_and_deviations(
    subgroups: Iterable[ArrayLike], baseline: Baseline | None = None
) -> VariablesCharts:
    """Chart the means of subgroups and their standard deviations (X-bar and S).

    Args and refusals are those of `means_and_ranges`; for subgroups of ten or more this uses what
    ranges leave out.
    """
    groups, sizes = _groups(subgroups)
    deviations = np.array([np.std(group, ddof=1) for group in groups])
    expected = _each(c4, sizes)
    if baseline is None:
        baseline = Baseline(_grand_mean(groups), exact_mean(deviations / expected))
    return VariablesCharts(
        _means(groups, sizes, baseline),
        _spread(deviations, baseline.sigma, expected, np.sqrt(1 - expected**2)),
        baseline,
    )


def _means(groups: list[Array], sizes: Array, baseline: Baseline) -> Chart:
    """Chart the means: a mean of n varies by sigma / sqrt(n)."""
    means = np.array([exact_mean(group) for group in groups])
    return symmetric(means, baseline.center, baseline.sigma / np.sqrt(sizes))


def _spread(points: Array, sigma: float, expected: Array, varying: Array) -> Chart:
    """Chart measures of spread; in sigmas, what they are in the mean and how much they vary."""
    center, sigmas = sigma * expected, sigma * varying
    lower = np.maximum(center - LIMITS_AT_SIGMAS * sigmas, 0)
    return Chart(
        points, center, sigmas, lower, center + LIMITS_AT_SIGMAS * sigmas, is_symmetric=False
    )


def _groups(subgroups: Iterable[ArrayLike]) -> tuple[list[Array], Array]:
    """Return the subgroups as arrays, and their sizes."""
    groups = [numbers(values) for values in subgroups]
    if len(groups) < 2:
        raise NotDrawable("one subgroup shows no change: a chart takes two or more")
    sizes = np.array([len(group) for group in groups])
    if (sizes < 2).any():
        raise NotDrawable("a subgroup of one value has no spread: chart single values instead")
    return groups, sizes


def _each(constant: Callable[[int], float], sizes: Array) -> Array:
    return np.array([constant(int(size)) for size in sizes])


def _grand_mean(groups: list[Array]) -> float:
    return exact_mean(np.concatenate(groups))
