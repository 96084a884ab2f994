"""Run rules: each on a series just long enough, one too short, and how often all cry falsely."""

import numpy as np
import pytest

from sql.quality.charts import NotDrawable, symmetric
from sql.quality.run_rules import NELSON, RUN_RULES, WESTERN_ELECTRIC, signals
from sql.quality.variables import individuals

# For each rule a pattern, and the places, from 0, where it is complete.
COMPLETE = {
    "western_electric_1": ([0, 3.1, -3.1, 3.0], [1, 2]),
    "western_electric_2": ([0, 2.1, 0, 2.1, -2.1, 0, -2.1], [3, 6]),
    "western_electric_3": ([1.1, 1.1, 0, 1.1, 1.1, 1.1, -1.1], [4, 5]),
    "western_electric_4": ([0.1] * 9 + [-0.1], [7, 8]),
    "nelson_1": ([2.9, 3.1], [1]),
    "nelson_2": ([-0.1] * 9 + [0.1] * 8, [8]),
    "nelson_3": ([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0], [5, 11]),
    "nelson_4": ([0.1, -0.1] * 7 + [-0.2], [13]),
    "nelson_5": ([2.1, 2.1, 0], [1]),
    "nelson_6": ([-1.1, 0, -1.1, -1.1, -1.1, 0], [4]),
    "nelson_7": ([0.9, -0.9, 0.5] * 5 + [1.0], [14]),
    "nelson_8": ([1.1, -1.1] * 4 + [0.9], [7]),
}
NEVER = {
    "western_electric_2": [2.1, 0, 0, 2.1, -2.1],
    "western_electric_3": [1.1, 1.1, 1.1, 0, 0, 1.1],
    "western_electric_4": [0.1] * 7 + [0.0] + [0.1] * 7,
    "nelson_2": [0.1] * 8 + [-0.1] * 8,
    "nelson_3": [0, 0.1, 0.2, 0.3, 0.4, 0.4, 0.5],
    "nelson_4": [0.1, -0.1] * 6 + [0.1, 0.1],
    "nelson_7": [0.9] * 14 + [1.0] + [0.9] * 14,
    "nelson_8": [1.1] * 9,
}
# Mean number of points to the first signal, by how many sigmas the mean moved: rule 1 by the normal
# distribution; rules 1 to 4 from Champ and Woodall, Technometrics 29 (1987), 393.
RULE_1 = {0.0: 370.4, 1.0: 43.9, 2.0: 6.30, 3.0: 2.00}
RULES_1_TO_4 = {0.0: 91.75, 1.0: 9.22, 2.0: 3.13, 3.0: 1.67}
RUNS = 15_000


def flagged(values, *rules) -> list[int]:
    found = signals(symmetric(np.array(values, dtype=float), 0.0, 1.0), rules)
    return sorted({int(place) for places in found.values() for place in places})


@pytest.mark.parametrize("name", list(COMPLETE))
def test_the_point_that_completes_a_pattern_is_flagged(name) -> None:
    values, places = COMPLETE[name]
    assert flagged(values, RUN_RULES[name]) == places


@pytest.mark.parametrize("name", list(NEVER))
def test_what_is_no_pattern_flags_nothing(name) -> None:
    assert flagged(NEVER[name], RUN_RULES[name]) == []


def test_every_rule_is_tried_here() -> None:
    assert set(COMPLETE) == set(RUN_RULES) == {rule.name for rule in (*WESTERN_ELECTRIC, *NELSON)}


def test_each_point_stands_by_its_own_sigma() -> None:
    chart = symmetric(np.array([3.0, 3.0]), 0.0, np.array([0.9, 1.1]))
    (places,) = signals(chart, [RUN_RULES["nelson_1"]]).values()
    assert list(places) == [0]


def test_no_rule_is_asked_of_a_chart_of_spread() -> None:
    with pytest.raises(NotDrawable, match="chart of values or means"):
        signals(individuals([1.0, 2.0, 4.0]).spread, NELSON)


def mean_run_length(rules, shift: float) -> float:
    """Simulate runs, each begun anew after its first signal, and return their mean length."""
    chance = np.random.default_rng(20261128)
    total = 0
    for _run in range(RUNS):
        before = np.empty(0)
        while True:
            before = np.concatenate([before, chance.normal(shift, 1, 256)])
            places = flagged(before, *rules)
            if places:
                total += places[0] + 1
                break
    return total / RUNS


@pytest.mark.parametrize("shift", list(RULE_1))
def test_rule_1_runs_as_long_as_theory_says(shift) -> None:
    allowed = 0.05 if shift else 0.03
    assert mean_run_length(WESTERN_ELECTRIC[:1], shift) == pytest.approx(RULE_1[shift], rel=allowed)


@pytest.mark.parametrize("shift", list(RULES_1_TO_4))
def test_western_electric_s_rules_together_run_as_long_as_published(shift) -> None:
    allowed = 0.05 if shift else 0.03
    found = mean_run_length(WESTERN_ELECTRIC, shift)
    assert found == pytest.approx(RULES_1_TO_4[shift], rel=allowed)
