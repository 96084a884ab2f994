"""How much counts of bad and good lots prove about what they have in common.

Arithmetic on arrays alone; where the counts come from is `sql.genealogy.common_ancestors`.

Sources. Fisher's exact test: R. A. Fisher, Statistical Methods for Research Workers, 5th ed., 1934,
§21.02. Correction: Holm's step-down (Scand. J. Statist. 6, 1979) with the bound for discrete tests
(P. H. Westfall and R. D. Wolfinger, The American Statistician 51, 1997): another test counts with
what it can attain at that level, not in full. It holds however the tests hang together, and nested
ancestors do. What a test tells: D. V. Lindley, Ann. Math. Statist. 27, 1956.
"""

import numpy as np


def upper_tails(
    bad_with: np.ndarray, with_count: np.ndarray, bad_count: int, asked_count: int
) -> np.ndarray:
    """Return the chance of so many bad lots or more among those that have a trait, drawn blindly.

    Args:
        bad_with: Bad lots with the trait, one value per trait.
        with_count: All lots with it.
        bad_count: Bad lots in all.
        asked_count: Lots in all.
    """
    # A second to load, which only who asks pays.
    from scipy.stats import hypergeom

    return np.minimum(hypergeom.sf(bad_with - 1, asked_count, with_count, bad_count), 1.0)


def corrected_for_all(
    p: np.ndarray, with_count: np.ndarray, bad_count: int, asked_count: int
) -> np.ndarray:
    """Return each p corrected for all of them together; never below it, and in the same order.

    For the i-th smallest p: the sum, over the tests not smaller, of the largest value at or below
    p that the test can attain; then the largest of these sums so far, at most 1.
    """
    order = np.argsort(p, kind="stable")
    levels, first_at = np.unique(p[order], return_index=True)
    groups, group_of = np.unique(with_count, return_inverse=True)
    total = np.zeros(len(levels))
    for number, group in enumerate(groups):
        most = min(group, bad_count)
        counts = np.arange(most, max(0, group + bad_count - asked_count) - 1, -1)
        attainable = upper_tails(counts, np.full(len(counts), group), bad_count, asked_count)
        at = np.searchsorted(attainable, levels * (1 + 1e-9), side="right") - 1
        reached = np.where(at >= 0, attainable[np.maximum(at, 0)], 0.0)
        passed = np.concatenate([[0], np.cumsum(group_of[order] == number)])
        total += reached * (passed[-1] - passed[first_at])
    highest = np.minimum(np.maximum.accumulate(np.maximum(total, levels)), 1.0)
    corrected = np.empty(len(p))
    corrected[order] = np.repeat(highest, np.diff(np.append(first_at, len(p))))
    return corrected


def weights_of(
    bad_with: np.ndarray, good_with: np.ndarray, bad_count: int, good_count: int
) -> np.ndarray:
    """Say how likely each suspect is the one cause, given the counts.

    Bayes: before looking, chance alone is as likely as that some suspect is the cause, and each
    suspect as likely as the next. If one is, its lots are bad at one unknown rate and all others at
    another; by chance all are at the same; every rate is as likely as the next. Suspects that bad
    lots have no oftener than others weigh nothing; what is left to 1 is on chance.
    """
    from scipy.special import betaln, logsumexp

    bad_without, good_without = bad_count - bad_with, good_count - good_with
    evidence = betaln(bad_with + 1, good_with + 1) + betaln(bad_without + 1, good_without + 1)
    is_oftener = bad_with * (bad_count + good_count) > (bad_with + good_with) * bad_count
    evidence = np.where(is_oftener, evidence, -np.inf)
    if not is_oftener.any():
        return np.zeros(len(bad_with))
    chance = betaln(bad_count + 1, good_count + 1) + np.log(is_oftener.sum())
    return np.exp(evidence - logsumexp(np.append(evidence, chance)))


def expected_bits(weights: np.ndarray, rates: np.ndarray) -> float:
    """Say how much a test is expected to tell about which suspect is the cause, in bits.

    Args:
        weights: How much of the suspicion is on each suspect.
        rates: How often the test would be bad if that suspect were the cause.
    """
    total = weights.sum()
    shares = weights / total
    return float(total * (_bits(shares @ rates) - shares @ _bits(rates)))


def _bits(rate: np.ndarray | float) -> np.ndarray:
    """Return the entropy of a yes or no at this rate."""
    from scipy.special import entr

    return (entr(rate) + entr(1 - np.asarray(rate))) / np.log(2)
