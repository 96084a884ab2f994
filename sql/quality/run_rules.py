"""Which points of a chart signal, by the rules of Western Electric and of Nelson.

A rule speaks of sigmas from the centre, so it belongs to charts with symmetric limits only. The
point that completes a pattern is the one flagged: it is the moment somebody could have known. Rules
are data, each to be switched on or off; all of Western Electric's together cry falsely once in 92
points, all of Nelson's once in 73. Source: Western Electric, Statistical Quality Control Handbook
(1956); Nelson, Journal of Quality Technology 16 (1984), 237.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sql.quality.charts import Array, Chart, NotDrawable


@dataclass(frozen=True)
class RunRule:
    """One rule.

    Attributes:
        name: How it is called in settings and files, as `nelson_2`.
        finds: From the points in sigmas, which of them complete the pattern.
    """

    name: str
    finds: Callable[[Array], Array]


def _run_lengths(holds: Array) -> Array:
    """Return for each place how many in a row, up to it, hold; 0 where it doesn't."""
    places = np.arange(1, len(holds) + 1)
    return places - np.maximum.accumulate(np.where(holds, 0, places))


def _in_a_row(count: int, *tests: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """Find points that end a run of so many for which one of the tests holds throughout."""

    def finds(z: Array) -> Array:
        return np.logical_or.reduce([_run_lengths(test(z)) >= count for test in tests])

    return finds


def _some_of(count: int, window: int, sigmas: float) -> Callable[[Array], Array]:
    """Find points that complete so many of the last few beyond, all on the same side."""

    def finds(z: Array) -> Array:
        found = np.zeros(len(z), dtype=bool)
        for side in (z > sigmas, z < -sigmas):
            summed = np.concatenate([np.zeros(window, dtype=int), np.cumsum(side)])
            found |= side & (summed[window:] - summed[:-window] >= count)
        return found

    return finds


def _steps(holds: Callable[[Array], Array], count: int, lost: int) -> Callable[[Array], Array]:
    """Find points that end a run of steps between points; so many points come before the first."""

    def finds(z: Array) -> Array:
        steps = holds(np.diff(z))
        found = np.zeros(len(z), dtype=bool)
        found[lost:] = _run_lengths(steps) >= count
        return found

    return finds


def _turns(moves: Array) -> Array:
    """Tell of each two steps in a row whether they go opposite ways."""
    return moves[:-1] * moves[1:] < 0


def _both_sides_in_a_row(count: int, sigmas: float) -> Callable[[Array], Array]:
    """Find points that end a run of so many beyond, on either side, with both sides in it."""

    def finds(z: Array) -> Array:
        found = _run_lengths(np.abs(z) > sigmas) >= count
        one_side = (_run_lengths(z > 0) >= count) | (_run_lengths(z < 0) >= count)
        return found & ~one_side

    return finds


_BEYOND_3 = _in_a_row(1, lambda z: np.abs(z) > 3)
_TWO_OF_THREE = _some_of(2, 3, 2.0)
_FOUR_OF_FIVE = _some_of(4, 5, 1.0)


def _on_one_side(count: int) -> Callable[[Array], Array]:
    return _in_a_row(count, lambda z: z > 0, lambda z: z < 0)


def _rising_or_falling(z: Array) -> Array:
    rising = _steps(lambda moves: moves > 0, 5, 1)(z)
    return rising | _steps(lambda moves: moves < 0, 5, 1)(z)


WESTERN_ELECTRIC = (
    RunRule("western_electric_1", _BEYOND_3),
    RunRule("western_electric_2", _TWO_OF_THREE),
    RunRule("western_electric_3", _FOUR_OF_FIVE),
    RunRule("western_electric_4", _on_one_side(8)),
)
NELSON = (
    RunRule("nelson_1", _BEYOND_3),
    RunRule("nelson_2", _on_one_side(9)),
    RunRule("nelson_3", _rising_or_falling),
    RunRule("nelson_4", _steps(_turns, 12, 2)),
    RunRule("nelson_5", _TWO_OF_THREE),
    RunRule("nelson_6", _FOUR_OF_FIVE),
    RunRule("nelson_7", _in_a_row(15, lambda z: np.abs(z) < 1)),
    RunRule("nelson_8", _both_sides_in_a_row(8, 1.0)),
)
RUN_RULES = {rule.name: rule for rule in (*WESTERN_ELECTRIC, *NELSON)}


def signals(chart: Chart, rules: Iterable[RunRule]) -> dict[str, Array]:
    """Return by rule the places, from 0, of the points that complete its pattern.

    A point may complete several patterns; each rule names it.

    Raises:
        NotDrawable: The chart's limits are not symmetric, so sigmas mean nothing on it.
    """
    if not chart.is_symmetric:
        raise NotDrawable("run rules belong on the chart of values or means, not on that of spread")
    z = chart.standardised()
    return {rule.name: np.flatnonzero(rule.finds(z)) for rule in rules}
