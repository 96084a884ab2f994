"""What a control chart is: the points it draws, its centre and limits, and what it was made from.

How each kind comes by them stands in `variables`, `attributes` and `small_shifts`; which points
signal in `run_rules`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

Array = np.ndarray
# Shewhart's limits stand three standard deviations of the drawn statistic from the centre.
LIMITS_AT_SIGMAS = 3.0


class NotDrawable(Exception):
    """These values make no chart; the text says why, and what would."""


@dataclass(frozen=True)
class Chart:
    """One control chart.

    Attributes:
        points: What is drawn, in order of time.
        center: The centre line at each point.
        sigma: The standard deviation of what is drawn at each point; 0 where nothing varied.
        lower: The lower limit at each point; what can't be negative has none below 0.
        upper: The upper limit at each point.
        is_symmetric: Whether the limits stand equally far from the centre by their making, so that
            run rules mean something on it: not so for ranges and standard deviations.
    """

    points: Array
    center: Array
    sigma: Array
    lower: Array
    upper: Array
    is_symmetric: bool

    def standardised(self) -> Array:
        """Return how far each point is from the centre, in sigmas; 0 on it, though nothing varied.

        Where nothing varied and a point is off the centre all the same, it is infinitely far.
        """
        apart = self.points - self.center
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(apart == 0, 0.0, apart / self.sigma)

    def beyond_limits(self) -> Array:
        """Return which points lie beyond a limit, by their places from 0; on it is not beyond."""
        return np.flatnonzero((self.points > self.upper) | (self.points < self.lower))


@dataclass(frozen=True)
class Baseline:
    """Where a process stood when its limits were set, to hold later points against.

    Attributes:
        center: Its mean.
        sigma: The standard deviation of a single value within a subgroup.
    """

    center: float
    sigma: float


def numbers(values: ArrayLike) -> Array:
    """Return the values as doubles.

    Raises:
        NotDrawable: There is none, or one is missing or not a number.
    """
    points = np.asarray(values, dtype=float)
    if not points.size or not np.isfinite(points).all():
        raise NotDrawable("a value is missing or not a number")
    return points


def exact_mean(values: Array) -> float:
    """Return the mean with its rounding error taken back, as far as doubles carry it."""
    mean = float(np.mean(values))
    return mean + float(np.mean(values - mean))


def symmetric(
    points: Array, center: Array | float, sigma: Array | float, floor: float | None = None
) -> Chart:
    """Make a chart whose limits stand three sigmas either side of the centre.

    Args:
        points: What is drawn.
        center: The centre, the same for all points or one each.
        sigma: The standard deviation of what is drawn, likewise.
        floor: What the lower limit can't be below; None: any.
    """
    centers = np.broadcast_to(np.asarray(center, dtype=float), points.shape)
    sigmas = np.broadcast_to(np.asarray(sigma, dtype=float), points.shape)
    lower = centers - LIMITS_AT_SIGMAS * sigmas
    return Chart(
        points,
        centers,
        sigmas,
        lower if floor is None else np.maximum(lower, floor),
        centers + LIMITS_AT_SIGMAS * sigmas,
        is_symmetric=True,
    )
