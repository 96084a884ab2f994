"""What bad lots have in their history, each suspect with what the counts prove about it.

What they prove is computed in `sql.genealogy.evidence`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sql.genealogy.evidence import corrected_for_all, upper_tails, weights_of
from sql.warehouse.editions import Edition

STANDS_OUT_BELOW = 0.05


@dataclass(frozen=True)
class Trait:
    """One thing in the history of lots; see the model `genealogy.lot_traits`.

    Attributes:
        steps: Fewest steps from a lot asked about to the lot that has it; 0: that lot itself.
    """

    kind: str
    key: str
    code: str
    detail: str | None
    steps: int


@dataclass(frozen=True)
class Suspect:
    """Traits that the very same lots have, so that these lots can't tell them apart.

    Attributes:
        traits: Nearest first.
        bad_with_count: Bad lots that have it; never none.
        good_with_count: Lots compared with that have it.
        lift: How many times as often bad lots have it as all lots asked about; 1: no more often.
        p: Chance that as many bad lots or more have it if it had nothing to do with them (Fisher's
            exact test, one-sided).
        corrected_p: Chance of so small a p in any of all these tests if no trait had to do with it.
        weight: How much of the suspicion is on it, 0 to 1; see `sql.genealogy.evidence.weights_of`.
    """

    traits: tuple[Trait, ...]
    bad_with_count: int
    good_with_count: int
    lift: float
    p: float
    corrected_p: float
    weight: float

    @property
    def stands_out(self) -> bool:
        """Tell whether chance is no good explanation, all tests considered."""
        return self.corrected_p <= STANDS_OUT_BELOW


def suspects_of(
    edition: Edition, bad_ids: list[int], good_ids: list[int]
) -> tuple[list[Suspect], int]:
    """Rank what bad lots have, the surest first; return how many tests were made too."""
    bad_count, good_count = len(bad_ids), len(good_ids)
    are_bad = [True] * bad_count + [False] * good_count
    found = edition.named("shared_traits", lot_ids=bad_ids + good_ids, are_bad=are_bad)
    if found.is_empty():
        return [], 0
    bad_with = found["bad_with_count"].to_numpy()
    with_count = bad_with + found["good_with_count"].to_numpy()
    p = upper_tails(bad_with, with_count, bad_count, bad_count + good_count)
    corrected = corrected_for_all(p, with_count, bad_count, bad_count + good_count)
    weights = weights_of(bad_with, with_count - bad_with, bad_count, good_count)
    lift = bad_with / with_count * (bad_count + good_count) / max(bad_count, 1)
    traits = found["traits"].to_list()
    nearest = np.array([row[0]["steps"] for row in traits])
    order = np.lexsort((nearest, -bad_with, -lift, p))
    suspects = [
        Suspect(
            tuple(_trait(row) for row in traits[at]),
            int(bad_with[at]),
            int(with_count[at] - bad_with[at]),
            float(lift[at]),
            float(p[at]),
            float(corrected[at]),
            float(weights[at]),
        )
        for at in order
        if bad_with[at]
    ]
    return suspects, found.height


def _trait(row: dict[str, Any]) -> Trait:
    return Trait(row["kind"], row["trait_key"], row["code"], row["detail"], row["steps"])
