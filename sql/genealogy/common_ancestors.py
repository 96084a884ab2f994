"""What bad lots have in common that good ones haven't: ancestors, runs, suppliers, gates.

Counts come from an edition, so what was entered since is not in them. What they prove is reckoned
in `sql.genealogy.evidence`; how people name lots, and how the answer is drawn, is not here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from sql.genealogy.evidence import corrected_for_all, expected_bits, upper_tails, weights_of
from sql.warehouse.editions import Edition

STANDS_OUT_BELOW = 0.05
LEADING_MOST = 40
NEXT_MOST = 5
LEAST_BITS = 0.001


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
        corrected_p: Chance that any of all these tests gives so small a p if nothing had.
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


@dataclass(frozen=True)
class NextLot:
    """A lot that nobody asked about whose test would tell much about the suspects.

    Attributes:
        lot_code: Of those that carry the same suspects, the one of which most is on hand.
        lot_type: Its type.
        on_hand_kg: What is there of it; None: unknown.
        alike_count: How many lots carry the same suspects; any of them tells as much.
        weight: How much of the suspicion is on what it carries, 0 to 1.
        suspects: Which of the answer's suspects it carries, as positions there.
        bits: How much the test is expected to tell; one bit halves the question.
    """

    lot_code: str
    lot_type: str | None
    on_hand_kg: float | None
    alike_count: int
    weight: float
    suspects: tuple[int, ...]
    bits: float


@dataclass(frozen=True)
class CommonAncestors:
    """The answer.

    Attributes:
        bad_codes: Bad lots found in the edition.
        good_codes: Lots they were compared with.
        unknown_codes: What was typed and is no lot of the edition.
        in_both_codes: Named as bad and as good; counted as bad.
        left_out_codes: Asked about, but the closure of this edition is partial and lacks their
            ancestors: what they share is not in the answer.
        suspects: The surest first: by p, then lift, then steps.
        tests_count: How many tests the correction is for.
        next_lots: What to test next, lots still on hand first and of those what tells most; none
            where no test would tell anything worth the trouble.
    """

    bad_codes: list[str]
    good_codes: list[str]
    unknown_codes: list[str]
    in_both_codes: list[str]
    left_out_codes: list[str]
    suspects: list[Suspect]
    tests_count: int
    next_lots: list[NextLot]


def common_ancestors(
    edition: Edition, bad: Sequence[str], good: Sequence[str] | None
) -> CommonAncestors:
    """Rank what the bad lots share.

    Args:
        edition: The edition to read.
        bad: Codes of bad lots.
        good: Codes of good ones; None: all other lots of the same products and types that were
            made on the same days.
    """
    bad_rows, unknown = _known(edition, bad)
    bad_ids = bad_rows["lot_id"].to_list()
    if good is None:
        good_rows = edition.named("lots_made_alongside", lot_ids=bad_ids)
    else:
        good_rows, unknown_good = _known(edition, good)
        unknown += unknown_good
    is_both = pl.col("lot_id").is_in(bad_ids)
    both, good_rows = good_rows.filter(is_both), good_rows.filter(~is_both)
    good_ids = good_rows["lot_id"].to_list()
    asked = pl.concat([bad_rows, good_rows], how="diagonal")
    suspects, tests_count = _suspects(edition, bad_ids, good_ids)
    tested = bad_ids if good is None else bad_ids + good_ids
    return CommonAncestors(
        bad_codes=bad_rows["lot_code"].to_list(),
        good_codes=good_rows["lot_code"].to_list(),
        unknown_codes=unknown,
        in_both_codes=both["lot_code"].to_list(),
        left_out_codes=asked.filter(pl.col("is_left_out"))["lot_code"].to_list(),
        suspects=suspects,
        tests_count=tests_count,
        next_lots=_next_lots(edition, suspects, len(bad_ids), len(good_ids), tested),
    )


def _known(edition: Edition, codes: Sequence[str]) -> tuple[pl.DataFrame, list[str]]:
    """Give the lots with these codes, each once, and the codes that are none."""
    found = edition.named("lots_by_code", codes=list(codes))
    typed = set(found["typed"])
    unknown = [code for code in dict.fromkeys(codes) if code not in typed]
    return found.unique("lot_id", maintain_order=True), unknown


def _suspects(
    edition: Edition, bad_ids: list[int], good_ids: list[int]
) -> tuple[list[Suspect], int]:
    """Give what bad lots have, the surest first, and how many tests were made."""
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


def _next_lots(
    edition: Edition,
    suspects: list[Suspect],
    bad_count: int,
    good_count: int,
    tested_ids: list[int],
) -> list[NextLot]:
    """Give the lots whose test is expected to tell most about the leading suspects."""
    by_weight = sorted(range(len(suspects)), key=lambda at: -suspects[at].weight)
    leading = [at for at in by_weight[:LEADING_MOST] if suspects[at].weight > 0]
    if not leading:
        return []
    sought = [(at, trait) for at in leading for trait in suspects[at].traits]
    found = edition.named(
        "carriers",
        numbers=[at for at, _trait in sought],
        kinds=[t.kind for _at, t in sought],
        trait_keys=[t.key for _at, t in sought],
        tested_ids=tested_ids,
    )
    weights = np.array([suspects[at].weight for at in leading])
    bad_with = np.array([suspects[at].bad_with_count for at in leading])
    good_with = np.array([suspects[at].good_with_count for at in leading])
    rate_with = (bad_with + 1) / (bad_with + good_with + 2)
    rate_without = (bad_count - bad_with + 1) / (bad_count + good_count - bad_with - good_with + 2)
    offered = []
    for row in found.iter_rows(named=True):
        held = np.isin(leading, row["held_numbers"])
        lot = row["lot"]
        offered.append(
            NextLot(
                lot["lot_code"],
                lot["lot_type"],
                _number(lot["on_hand_kg"]),
                row["lots_count"],
                float(weights[held].sum()),
                tuple(int(at) for at in np.array(leading)[held]),
                expected_bits(weights, np.where(held, rate_with, rate_without)),
            )
        )
    offered = [lot for lot in offered if lot.bits > LEAST_BITS]
    offered.sort(key=lambda lot: (lot.on_hand_kg == 0, -round(lot.bits, 9), lot.lot_code))
    return offered[:NEXT_MOST]


def _number(value: Any) -> float | None:
    return None if value is None else max(float(value), 0.0)
