"""Whether values are normal, which indexes of capability take for granted, and what holds anyway.

Of values that are not normal an index promises too much or too little. How many lie outside their
limits can be told whatever their distribution; the bound is Clopper and Pearson's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtri

from sql.quality.capability import Tolerance
from sql.quality.charts import numbers

# Beyond so many values Shapiro and Wilk's chances are not known well.
SHAPIRO_AT_MOST = 5_000
LEAST_VALUES = 8


@dataclass(frozen=True)
class Normality:
    """What a test of normality came to.

    Attributes:
        test: `shapiro_wilk`, or `dagostino_pearson` of more than 5,000 values.
        chance: How likely values so far from normal are, of a normal distribution.
    """

    test: str
    chance: float


@dataclass(frozen=True)
class Outside:
    """How many values lie outside their limits.

    Attributes:
        count: Those that do.
        of_count: Of so many.
        at_most_ratio: With the confidence asked for, no more of all that will be measured, if the
            process stays as it is.
    """

    count: int
    of_count: int
    at_most_ratio: float


def normality(values: ArrayLike) -> Normality | None:
    """Test whether values are normal; None: fewer than eight say nothing, nor do equal ones."""
    from scipy import stats  # takes a second to load, and only a capability asks

    points = numbers(values)
    if len(points) < LEAST_VALUES or np.ptp(points) == 0:
        return None
    if len(points) <= SHAPIRO_AT_MOST:
        return Normality("shapiro_wilk", float(stats.shapiro(points).pvalue))
    return Normality("dagostino_pearson", float(stats.normaltest(points).pvalue))


def outside(values: ArrayLike, tolerance: Tolerance, confidence: float = 0.95) -> Outside:
    """Count the values outside their limits, and bound what share of all lies there."""
    points = numbers(values)
    beyond = np.zeros(len(points), dtype=bool)
    if tolerance.lower is not None:
        beyond |= points < tolerance.lower
    if tolerance.upper is not None:
        beyond |= points > tolerance.upper
    count = int(beyond.sum())
    # The share at which so few, or fewer, would be as rare as the confidence leaves.
    at_most = 1.0 if count == len(points) else float(bdtri(count, len(points), 1 - confidence))
    return Outside(count, len(points), at_most)
