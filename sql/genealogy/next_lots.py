"""Which lots to test next: those whose test is expected to tell most about the suspects."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from sql.genealogy.evidence import expected_bits
from sql.genealogy.suspects import Suspect
from sql.warehouse.editions import Edition

LEADING_MOST = 40
NEXT_MOST = 5
LEAST_BITS = 0.001


@dataclass(frozen=True)
class NextLot:
    """A lot that nobody asked about whose test would tell much about the suspects.

    Attributes:
        lot_code: Of those that carry the same suspects, the one of which most is on hand.
        lot_type: Its type.
        on_hand_kg: What is there of it; None: not known exactly.
        on_hand_at_most_kg: Then at most so much, where that is known.
        alike_count: How many lots carry the same suspects; any of them tells as much.
        weight: How much of the suspicion is on what it carries, 0 to 1.
        suspects: Which of the answer's suspects it carries, as positions there.
        bits: How much the test is expected to tell; one bit halves the question.
    """

    lot_code: str
    lot_type: str | None
    on_hand_kg: Decimal | None
    on_hand_at_most_kg: Decimal | None
    alike_count: int
    weight: float
    suspects: tuple[int, ...]
    bits: float


def next_lots(
    edition: Edition,
    suspects: list[Suspect],
    bad_count: int,
    good_count: int,
    tested_ids: list[int],
) -> list[NextLot]:
    """Choose the lots whose test is expected to tell most about the leading suspects."""
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
                lot["on_hand_kg"],
                lot["on_hand_at_most_kg"],
                row["lots_count"],
                float(weights[held].sum()),
                tuple(int(at) for at in np.array(leading)[held]),
                expected_bits(weights, np.where(held, rate_with, rate_without)),
            )
        )
    offered = [lot for lot in offered if lot.bits > LEAST_BITS]
    offered.sort(key=lambda lot: (lot.on_hand_kg == 0, -round(lot.bits, 9), lot.lot_code))
    return offered[:NEXT_MOST]
