"""The constants of control charts for any size of subgroup, from their definitions.

For a sample of n from a normal distribution with standard deviation 1: d2 and d3 are the mean and
the standard deviation of its range, c4 the mean of its standard deviation. Tables print them for 2
to 25; these are computed, so no size of subgroup is missing.
"""

from functools import cache
from math import exp, lgamma, sqrt

import numpy as np
from scipy.special import ndtr

# Where a normal distribution has less than 1e-23 of itself beyond.
_FURTHEST = 10.0
_STEPS = 400


@cache
def c4(n: int) -> float:
    """Return the mean standard deviation (n - 1) of n normal values, in sigmas.

    Raises:
        ValueError: n is below 2: one value has no spread.
    """
    _refuse_single(n)
    return sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))


@cache
def d2(n: int) -> float:
    """Return the mean range of n normal values, in sigmas: the integral of 1 - F^n - (1 - F)^n.

    Raises:
        ValueError: n is below 2.
    """
    _refuse_single(n)
    points, weights = _grid()
    below, above = ndtr(points), ndtr(-points)
    return float(np.sum(weights * (1 - below**n - above**n)))


@cache
def d3(n: int) -> float:
    """Return the standard deviation of the range of n normal values, in sigmas.

    The mean square of a range is twice the integral, over all x < y, of
    1 - F(y)^n - (1 - F(x))^n + (F(y) - F(x))^n.

    Raises:
        ValueError: n is below 2.
    """
    _refuse_single(n)
    points, weights = _grid()
    # The inner integral runs from x up, on a grid of its own: the corner at x = y stays sharp.
    halves = (_FURTHEST - points) / 2
    inner = points[:, None] + halves[:, None] * (1 + points / _FURTHEST)
    x, y = ndtr(points)[:, None], ndtr(inner)
    shares = 1 - y**n - ndtr(-points)[:, None] ** n + (y - x) ** n
    square = 2 * np.sum(weights * halves * np.sum(weights / _FURTHEST * shares, axis=1))
    return sqrt(float(square) - d2(n) ** 2)


def _refuse_single(n: int) -> None:
    if n < 2:
        raise ValueError(f"a subgroup of {n} has no spread: it takes 2 values or more")


@cache
def _grid() -> tuple[np.ndarray, np.ndarray]:
    """Return Gauss and Legendre's points and weights over where the distribution lies."""
    points, weights = np.polynomial.legendre.leggauss(_STEPS)
    return points * _FURTHEST, weights * _FURTHEST
