"""Control charts and capability against what was published of known data.

R's qcc prints limits, indexes and intervals of piston rings and of orange juice; NIST certifies
means and standard deviations. A figure counts as equal within 5e-4 of itself or half a unit of its
last printed digit.
"""

import csv
import json
from decimal import Decimal

import numpy as np
import pytest

from sql.quality.attributes import nonconforming_units, proportions
from sql.quality.capability import Tolerance, capability
from sql.quality.charts import symmetric
from sql.quality.constants import c4, d2, d3
from sql.quality.run_rules import WESTERN_ELECTRIC, signals
from sql.quality.variables import individuals, means_and_deviations, means_and_ranges

# Tolerance: Cp, Cpl, Cpu, Cpk and Cpm, each with its interval, as printed.
INTERVALS = {
    ("73.95", "74.05", "74.0"): "1.70 1.49 1.91 1.74 1.55 1.93 1.66 1.48 1.84 1.66 1.45 1.88"
    " 1.69 1.48 1.90",
    ("73.95", "74.05", "74.02"): "1.703 1.491 1.915 1.743 1.555 1.932 1.663 1.483 1.844"
    " 1.663 1.448 1.878 0.786 0.656 0.915",
    ("73.99", "74.01", "74.0"): "0.341 0.298 0.383 0.381 0.318 0.444 0.301 0.242 0.359"
    " 0.301 0.231 0.370 0.338 0.296 0.380",
    ("73.99", "74.1", "74.045"): "1.874 1.641 2.106 0.381 0.318 0.444 3.367 3.011 3.722"
    " 0.381 0.305 0.456 0.408 0.338 0.479",
}


def is_as_printed(found: float, printed: str) -> bool:
    digits = -int(Decimal(printed).as_tuple().exponent)
    return abs(found - float(printed)) <= max(5e-4 * abs(float(printed)), 0.5 * 10**-digits)


@pytest.fixture(scope="module")
def spc(shared):
    return shared / "data" / "spc"


@pytest.fixture(scope="module")
def expected(spc) -> list[dict]:
    return json.loads((spc / "spc_expected.json").read_text(encoding="utf-8"))["charts"]


@pytest.fixture(scope="module")
def rings(spc) -> list[list[float]]:
    """Return the diameters of 40 samples of five piston rings."""
    samples: dict[str, list[float]] = {}
    for line in (spc / "qcc" / "pistonrings.txt").read_text().splitlines()[1:]:
        diameter, sample, _trial = line.split()
        samples.setdefault(sample, []).append(float(diameter))
    return list(samples.values())


@pytest.fixture(scope="module")
def juice(spc) -> list[int]:
    """Return the nonconforming cans of 30 trial samples of 50."""
    lines = (spc / "qcc" / "orangejuice.txt").read_text().splitlines()[1:]
    return [int(line.split()[1]) for line in lines if line.split()[3].upper().startswith("T")]


def assert_limits(chart, printed: dict) -> None:
    for name, found in (("center", chart.center), ("LCL", chart.lower), ("UCL", chart.upper)):
        assert is_as_printed(found[0], str(printed[name])), (name, found[0], printed[name])


def test_all_constants_are_those_of_the_table(spc) -> None:
    with open(spc / "spc_constants_n2_25.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["n"]) for row in rows] == list(range(2, 26))
    for row in rows:
        n = int(row["n"])
        for name, constant in (("c4", c4), ("d2", d2), ("d3", d3)):
            assert constant(n) == pytest.approx(float(row[name]), abs=5.1e-7), (name, n)


def test_limits_of_piston_rings_are_those_printed(rings, expected) -> None:
    by_range, by_deviation = means_and_ranges(rings[:25]), means_and_deviations(rings[:25])
    assert_limits(by_range.location, expected[0]["expected"])
    assert is_as_printed(by_range.baseline.sigma, str(expected[0]["expected"]["sigma"]))
    assert_limits(by_range.spread, expected[1]["expected"])
    assert_limits(by_deviation.spread, expected[2]["expected"])
    assert is_as_printed(by_deviation.baseline.sigma, str(expected[2]["expected"]["sigma"]))


def test_the_first_rings_are_in_control_and_three_later_ones_are_not(rings, expected) -> None:
    first = means_and_ranges(rings[:25])
    later = means_and_ranges(rings[25:], first.baseline)
    assert len(first.location.beyond_limits()) == 0
    assert [26 + int(place) for place in later.location.beyond_limits()] == [37, 38, 39]
    assert expected[0]["out_of_control_phase2"] == [37, 38, 39]


def test_limits_of_orange_juice_are_those_printed(juice, expected) -> None:
    chart = proportions(juice, [50] * len(juice))
    assert_limits(chart, expected[3]["expected"])
    assert [int(place) + 1 for place in chart.beyond_limits()] == [15, 23]
    assert_limits(nonconforming_units(juice, 50), expected[4]["expected"])
    kept = [count for sample, count in enumerate(juice, 1) if sample not in (15, 23)]
    assert_limits(proportions(kept, [50] * len(kept)), expected[5]["expected"])


@pytest.mark.parametrize("limits", list(INTERVALS))
def test_all_20_published_intervals_are_met(rings, limits) -> None:
    charts = means_and_ranges(rings[:25])
    values = [value for sample in rings[:25] for value in sample]
    found = capability(values, charts.baseline.sigma, Tolerance(*map(float, limits)))
    printed = iter(INTERVALS[limits].split())
    for index in (found.cp, found.cpl, found.cpu, found.cpk, found.cpm):
        assert index is not None
        for figure in (index.value, index.lower, index.upper):
            assert is_as_printed(figure, next(printed))
    assert next(printed, None) is None


def test_the_rules_flag_the_points_that_qcc_flags(spc) -> None:
    vectors = json.loads((spc / "spc_expected.json").read_text(encoding="utf-8"))["rules"]
    assert vectors
    for vector in vectors:
        chart = symmetric(np.array(vector["values"], dtype=float), 0.0, 1.0)
        (flagged,) = signals(chart, [WESTERN_ELECTRIC[vector["rule"] - 1]]).values()
        assert [int(place) + 1 for place in flagged] == vector["flagged_1based"], vector["text"]


@pytest.mark.parametrize(
    ("name", "mean", "deviation"),
    [("Lottery", 518.958715596330, 291.699727470969), ("Michelso", 299.8524, 0.0790105478190518)],
)
def test_means_and_deviations_are_those_nist_certifies(spc, name, mean, deviation) -> None:
    lines = (spc / "nist" / f"{name}.txt").read_text().splitlines()
    count = {"Lottery": 218, "Michelso": 100}[name]
    values = [float(line) for line in lines[-count:]]
    charts = individuals(values)
    assert charts.baseline.center == pytest.approx(mean, rel=1e-14)
    overall = capability(values, charts.baseline.sigma, Tolerance(lower=0.0)).ppl
    assert overall is not None
    assert mean / (3 * overall.value) == pytest.approx(deviation, rel=1e-12)
