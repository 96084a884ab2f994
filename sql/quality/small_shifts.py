"""Charts that gather small drifts: the exponentially weighted mean, and the cumulative sum.

A chart of single values sees a shift of one sigma after 44 points in the mean; these after about
ten. Source: Montgomery, Statistical Quality Control, chapter 9; the defaults are his.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.signal import lfilter

from sql.quality.charts import Array, Baseline, Chart, NotDrawable, numbers


@dataclass(frozen=True)
class CumulativeSums:
    """The two sums of a CUSUM chart, in the unit of the values.

    Attributes:
        above: What values add up to above the centre and its slack; falls back to 0, never below.
        below: Likewise below the centre, as a positive number.
        limit: What neither may go beyond.
    """

    above: Array
    below: Array
    limit: float

    def beyond_limit(self) -> Array:
        """Return the places, from 0, where one of the sums lies beyond the limit."""
        return np.flatnonzero((self.above > self.limit) | (self.below > self.limit))


def weighted_means(
    values: ArrayLike, baseline: Baseline, weight: float = 0.2, at_sigmas: float = 2.962
) -> Chart:
    """Chart the exponentially weighted moving average (EWMA).

    Args:
        values: Single values in order of time; or means of subgroups, then with their sigma.
        baseline: The centre and sigma of what is weighted.
        weight: How much the newest value counts, above 0 and at most 1.
        at_sigmas: How far the limits stand; with the weight of 0.2, 2.962 cries falsely once in 500
            points.

    Raises:
        NotDrawable: The weight is out of its range, there is no value, or one is not a number.
    """
    points = numbers(values)
    if not 0 < weight <= 1:
        raise NotDrawable(f"a weight of {weight:g} is not above 0 and at most 1")
    apart = np.asarray(lfilter([weight], [1, weight - 1], points - baseline.center))
    shrinking = (1 - weight) ** (2 * np.arange(1, len(points) + 1))
    sigma = baseline.sigma * np.sqrt(weight / (2 - weight) * (1 - shrinking))
    center = np.full(points.shape, baseline.center)
    reach = at_sigmas * sigma
    # Neighbours share most of their values, so patterns of points mean nothing here.
    return Chart(
        baseline.center + apart, center, sigma, center - reach, center + reach, is_symmetric=False
    )


def cumulative_sums(
    values: ArrayLike, baseline: Baseline, slack: float = 0.5, at_sigmas: float = 5.0
) -> CumulativeSums:
    """Chart the tabular cumulative sums (CUSUM).

    Args:
        values: As for `weighted_means`.
        baseline: The centre and sigma of what is summed.
        slack: How many sigmas off the centre add nothing: half the shift to be found.
        at_sigmas: Where the limit stands; with half a sigma of slack, 5 cries falsely once in 465
            points.

    Raises:
        NotDrawable: There is no value, or one is not a number.
    """
    points = numbers(values)
    allowed = slack * baseline.sigma
    return CumulativeSums(
        _never_below_0(points - baseline.center - allowed),
        _never_below_0(baseline.center - points - allowed),
        at_sigmas * baseline.sigma,
    )


def _never_below_0(steps: Array) -> Array:
    """Sum up, beginning again at 0 wherever the sum would fall below."""
    sums = np.cumsum(steps)
    return sums - np.minimum(np.minimum.accumulate(sums), 0)
