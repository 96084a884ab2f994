"""Charts of what is counted: nonconforming units among those inspected, defects per unit.

p and np stand on the binomial distribution, c and u on Poisson's. Of samples in the thousands those
are far too narrow, since days differ by more than chance: Laney's p' and u' widen them by how much
the standardised points vary, measured by their moving range. Source: Montgomery, Statistical
Quality Control, chapter 7; Laney, Quality Engineering 14 (2002), 531.
"""

import numpy as np
from numpy.typing import ArrayLike

from sql.quality.charts import Array, Chart, NotDrawable, numbers, symmetric
from sql.quality.constants import d2


def proportions(
    nonconforming: ArrayLike,
    inspected: ArrayLike,
    given: float | None = None,
    *,
    is_laney: bool = False,
) -> Chart:
    """Chart the proportion nonconforming of each sample (p, or p').

    Args:
        nonconforming: Units that did not conform, of each sample.
        inspected: Units looked at, of each sample.
        given: The proportion to hold the samples against; None: estimated from them.
        is_laney: Widen the limits by how much samples vary beyond chance.

    Raises:
        NotDrawable: A count is negative, more do not conform than were inspected, a sample is
            empty, or there are fewer than two.
    """
    counted, sizes = _counted(nonconforming, inspected)
    if (counted > sizes).any():
        raise NotDrawable("more units do not conform than were inspected")
    center = counted.sum() / sizes.sum() if given is None else given
    chance = np.sqrt(center * (1 - center) / sizes)
    chart = symmetric(counted / sizes, center, _widened(counted / sizes, center, chance, is_laney))
    return _kept_within(chart, most=1.0)


def nonconforming_units(
    nonconforming: ArrayLike, inspected: int, given: float | None = None
) -> Chart:
    """Chart the number nonconforming in samples of one size (np).

    Args:
        nonconforming: Units that did not conform, of each sample.
        inspected: Units looked at in every sample.
        given: The proportion to hold the samples against; None: estimated from them.

    Raises:
        NotDrawable: As `proportions`.
    """
    of_one_size = np.full(np.shape(nonconforming), inspected)
    chart = proportions(nonconforming, of_one_size, given)
    return Chart(
        chart.points * inspected,
        chart.center * inspected,
        chart.sigma * inspected,
        chart.lower * inspected,
        chart.upper * inspected,
        is_symmetric=True,
    )


def defects(counts: ArrayLike, given: float | None = None) -> Chart:
    """Chart the number of defects in samples of one size (c).

    Args:
        counts: Defects found, of each sample.
        given: The mean to hold the samples against; None: estimated from them.

    Raises:
        NotDrawable: A count is negative, or there are fewer than two.
    """
    return defects_per_unit(counts, np.ones(np.shape(counts)), given)


def defects_per_unit(
    counts: ArrayLike,
    units: ArrayLike,
    given: float | None = None,
    *,
    is_laney: bool = False,
) -> Chart:
    """Chart the defects a unit of each sample (u, or u').

    Args:
        counts: Defects found, of each sample.
        units: How many units, or how much, was looked at.
        given: The mean a unit to hold the samples against; None: estimated from them.
        is_laney: Widen the limits by how much samples vary beyond chance.

    Raises:
        NotDrawable: A count is negative, a sample is empty, or there are fewer than two.
    """
    counted, sizes = _counted(counts, units)
    center = counted.sum() / sizes.sum() if given is None else given
    chance = np.sqrt(center / sizes)
    rates = counted / sizes
    return symmetric(rates, center, _widened(rates, center, chance, is_laney), floor=0.0)


def _widened(points: Array, center: float, chance: Array, is_laney: bool) -> Array:
    """Return the standard deviations of chance, or those widened as Laney does."""
    if not is_laney or not chance.all():
        return chance
    moves = np.abs(np.diff((points - center) / chance))
    return chance * float(moves.mean()) / d2(2)


def _counted(counts: ArrayLike, sizes: ArrayLike) -> tuple[Array, Array]:
    counted, looked_at = numbers(counts), numbers(sizes)
    if len(counted) < 2:
        raise NotDrawable("one sample shows no change: a chart takes two or more")
    if (counted < 0).any() or (looked_at <= 0).any():
        raise NotDrawable("a count below 0, or a sample of nothing, makes no chart")
    return counted, looked_at


def _kept_within(chart: Chart, most: float) -> Chart:
    """Return the chart with limits no further than a proportion can go."""
    return Chart(
        chart.points,
        chart.center,
        chart.sigma,
        np.maximum(chart.lower, 0.0),
        np.minimum(chart.upper, most),
        is_symmetric=True,
    )
