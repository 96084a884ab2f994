"""What a stable process can keep: Cp, Cpk, Cpm, Pp, Ppk, each with a confidence interval.

Cp, Cpk and Cpm take sigma within subgroups, Pp and Ppk the standard deviation of all values.
Limits of one side have that side's index alone. Intervals: Kushler and Hurley, Journal of Quality
Technology 24 (1992), 188, as R's qcc computes them: chi-square for Cp and Pp, a normal
approximation for a side, chi-square with its own degrees of freedom for Cpm. The number of values
stands for the degrees of freedom of sigma within, which has a few less: the interval is a little
narrow. Whether the process is stable enough to say anything is asked first, of `stability`.
"""

from dataclasses import dataclass
from math import sqrt

from numpy.typing import ArrayLike
from scipy.special import chdtri, ndtri

from sql.quality.charts import numbers


@dataclass(frozen=True)
class Tolerance:
    """What a value must keep.

    Attributes:
        lower: At least; None: no such bound.
        upper: At most; None: no such bound.
        target: Where it should be; None: nobody said, and nothing is taken for it.
    """

    lower: float | None = None
    upper: float | None = None
    target: float | None = None


@dataclass(frozen=True)
class Index:
    """An index and the confidence interval around it."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Capability:
    """The indexes of a process; None where the limits have no such side or nobody said a target.

    Attributes:
        cp: The tolerance in widths of the process, wherever it lies; `pp` by all values.
        cpl: The room to the lower limit; `ppl` likewise.
        cpu: The room to the upper limit; `ppu` likewise.
        cpk: The narrower of the two; `ppk` likewise.
        cpm: As cp, with the distance of the mean from the target counted as spread.
    """

    cp: Index | None
    cpl: Index | None
    cpu: Index | None
    cpk: Index | None
    cpm: Index | None
    pp: Index | None
    ppl: Index | None
    ppu: Index | None
    ppk: Index | None


def capability(
    values: ArrayLike, sigma_within: float, tolerance: Tolerance, confidence: float = 0.95
) -> Capability:
    """Work out what the process can keep.

    Args:
        values: All single values, 2 or more; not all equal.
        sigma_within: The standard deviation within subgroups, above 0.
        tolerance: The limits, one at least.
        confidence: Of the intervals, both sides together.
    """
    points = numbers(values)
    mean, count, sigma = float(points.mean()), len(points), float(points.std(ddof=1))
    within = _of(mean, sigma_within, count, tolerance, confidence)
    overall = _of(mean, sigma, count, tolerance, confidence)
    cpm = None
    if within[0] and tolerance.target is not None:
        cpm = _around_target(within[0], mean, sigma_within, tolerance.target, count, confidence)
    return Capability(*within, cpm, *overall)


def _of(
    mean: float, sigma: float, count: int, tolerance: Tolerance, confidence: float
) -> tuple[Index | None, Index | None, Index | None, Index | None]:
    """Return the index of the width, of each side, and of the narrower side."""
    error = 1 - confidence
    low, high = tolerance.lower, tolerance.upper
    one_sided, two_sided = ndtri(1 - error), ndtri(1 - error / 2)
    below = None if low is None else (mean - low) / (3 * sigma)
    above = None if high is None else (high - mean) / (3 * sigma)
    width = None
    if low is not None and high is not None:
        width = _by_chi_square((high - low) / (6 * sigma), count - 1, error)
    narrower = min((side for side in (below, above) if side is not None), default=None)
    sides = [_of_side(side, count, one_sided) for side in (below, above)]
    return width, sides[0], sides[1], _of_side(narrower, count, two_sided)


def _of_side(value: float | None, count: int, quantile: float) -> Index | None:
    """Return a side's index; its interval is value (1 ± z sqrt(1 / 9 n value² + 1 / 2 (n - 1)))."""
    if value is None:
        return None
    apart = quantile * sqrt(1 / (9 * count) + value**2 / (2 * (count - 1)))
    return Index(value, value - apart, value + apart)


def _by_chi_square(value: float, freedom: float, error: float) -> Index:
    lower, upper = (sqrt(chdtri(freedom, of) / freedom) for of in (1 - error / 2, error / 2))
    return Index(value, value * lower, value * upper)


def _around_target(
    width: Index, mean: float, sigma: float, target: float, count: int, confidence: float
) -> Index:
    """Return Cpm: the spread is sqrt(sigma² + (mean - target)²)."""
    away = (mean - target) / sigma
    freedom = count * (1 + away**2) / (1 + 2 * away**2)
    return _by_chi_square(width.value / sqrt(1 + away**2), freedom, 1 - confidence)
