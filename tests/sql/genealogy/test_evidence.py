"""What counts of bad and good lots prove, against fractions counted out by definition."""

from fractions import Fraction
from itertools import combinations
from math import comb, factorial, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sql.genealogy.evidence import corrected_for_all, expected_bits, upper_tails, weights_of

FISHERS_TEA = Fraction(17, 70)  # four cups of eight, three guessed right or more


def tail(bad_with: int, with_count: int, bad_count: int, asked_count: int) -> Fraction:
    """Count the ways to deal out bad lots blindly that put so many or more on the trait."""
    ways = sum(
        comb(with_count, hit) * comb(asked_count - with_count, bad_count - hit)
        for hit in range(bad_with, min(with_count, bad_count) + 1)
    )
    return Fraction(ways, comb(asked_count, bad_count))


@st.composite
def counts(draw):
    """Draw a table of traits: (bad with, with) each, and bad and all lots."""
    asked_count = draw(st.integers(1, 30))
    bad_count = draw(st.integers(1, asked_count))
    rows = []
    for with_count in draw(st.lists(st.integers(1, asked_count), min_size=1, max_size=12)):
        least = max(0, with_count + bad_count - asked_count)
        rows.append((draw(st.integers(least, min(with_count, bad_count))), with_count))
    bad_with, with_count = (np.array(column) for column in zip(*rows, strict=True))
    return bad_with, with_count, bad_count, asked_count


def test_the_lady_tasting_tea_has_her_known_chance() -> None:
    assert upper_tails(np.array([3]), np.array([4]), 4, 8)[0] == pytest.approx(float(FISHERS_TEA))


@given(counts())
def test_p_is_the_chance_counted_out(drawn) -> None:
    bad_with, with_count, bad_count, asked_count = drawn
    expected = [
        float(tail(int(hit), int(held), bad_count, asked_count))
        for hit, held in zip(bad_with, with_count, strict=True)
    ]

    assert upper_tails(*drawn) == pytest.approx(expected, rel=1e-9)


@given(counts())
def test_correction_is_the_sum_of_what_other_tests_can_attain(drawn) -> None:
    bad_with, with_count, bad_count, asked_count = drawn
    p = [
        tail(int(hit), int(held), bad_count, asked_count)
        for hit, held in zip(bad_with, with_count, strict=True)
    ]
    expected = []
    for level in p:
        steps = []
        for at in {q for q in p if q <= level}:
            others = [held for q, held in zip(p, with_count, strict=True) if q >= at]
            attained = [
                max(
                    (
                        t
                        for hit in range(bad_count + 1)
                        if (t := tail(hit, int(held), bad_count, asked_count)) <= at
                        and max(0, held + bad_count - asked_count) <= hit <= held
                    ),
                    default=Fraction(0),
                )
                for held in others
            ]
            steps.append(sum(attained))
        expected.append(min(1.0, float(max(steps))))
    corrected = corrected_for_all(upper_tails(*drawn), with_count, bad_count, asked_count)

    assert corrected == pytest.approx(expected, rel=1e-7)
    assert (corrected >= upper_tails(*drawn) * (1 - 1e-9)).all() and (corrected <= 1).all()


@given(counts(), st.randoms())
def test_the_order_of_traits_changes_nothing(drawn, chance) -> None:
    bad_with, with_count, bad_count, asked_count = drawn
    mixed = list(range(len(bad_with)))
    chance.shuffle(mixed)
    p = upper_tails(*drawn)

    assert corrected_for_all(p[mixed], with_count[mixed], bad_count, asked_count) == pytest.approx(
        corrected_for_all(p, with_count, bad_count, asked_count)[mixed], rel=1e-12
    )


def test_chance_alone_seldom_stands_out() -> None:
    """However bad lots are dealt over a plant of nested traits, 1 deal in 20 or fewer misleads."""
    dealt = np.random.default_rng(20261125)
    asked_count, bad_count, deals = 60, 12, 400
    holders = [dealt.random(asked_count) < dealt.choice([0.05, 0.2, 0.5]) for _ in range(40)]
    nested = [a & b for a, b in combinations(holders[:12], 2)]
    has = np.array([row for row in holders + nested if row.any()])
    with_count = has.sum(axis=1)
    misled = 0
    for _ in range(deals):
        bad = dealt.permutation(asked_count) < bad_count
        p = upper_tails((has & bad).sum(axis=1), with_count, bad_count, asked_count)
        misled += corrected_for_all(p, with_count, bad_count, asked_count).min() <= 0.05

    # Three standard deviations of 400 deals above one in twenty.
    assert misled / deals <= 0.05 + 3 * (0.05 * 0.95 / deals) ** 0.5


def beta(a: int, b: int) -> Fraction:
    return Fraction(factorial(a - 1) * factorial(b - 1), factorial(a + b - 1))


@given(counts())
def test_suspicion_is_bayes_rule_in_fractions(drawn) -> None:
    bad_with, with_count, bad_count, asked_count = drawn
    good_count = asked_count - bad_count
    evidence = []
    for hit, held in zip(map(int, bad_with), map(int, with_count), strict=True):
        miss = held - hit
        is_oftener = hit * asked_count > held * bad_count
        rates = beta(hit + 1, miss + 1) * beta(bad_count - hit + 1, good_count - miss + 1)
        evidence.append(rates if is_oftener else Fraction(0))
    suspected = sum(1 for one in evidence if one)
    chance = beta(bad_count + 1, good_count + 1) * suspected
    expected = [float(one / (sum(evidence) + chance)) if suspected else 0.0 for one in evidence]

    assert weights_of(bad_with, with_count - bad_with, bad_count, good_count) == pytest.approx(
        expected, rel=1e-8
    )


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 99)), min_size=1, max_size=6))
def test_bits_are_how_much_doubt_a_result_is_expected_to_take(drawn) -> None:
    weights = [w / sum(w for w, _r in drawn) for w, _r in drawn]
    rates = [r / 100 for _w, r in drawn]
    doubt = -sum(w * log2(w) for w in weights)
    left = 0.0
    for results in (rates, [1 - r for r in rates]):
        joint = [w * r for w, r in zip(weights, results, strict=True)]
        left -= sum(j * log2(j / sum(joint)) for j in joint)

    bits = expected_bits(np.array(weights), np.array(rates))
    assert bits == pytest.approx(doubt - left, abs=1e-9)
    assert 0 - 1e-12 <= bits <= 1 + 1e-12
