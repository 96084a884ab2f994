"""What a lot still holds of the lot asked about, in grains: on hand, with customers, moved.

Parts of what rests in a lot add up to it; and all that is on hand adds up to its exact sum rounded
once, as a board that only adds up says it, and so does all that is with customers.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from sql.genealogy.grains import split
from sql.genealogy.settling import Row, settle


class Held:
    """What a lot still holds: grains on hand, with customers, and moved elsewhere.

    Attributes:
        parts: The exact grains; of what nobody knows exactly: none.
        is_known: Which of them are known exactly.
        cells: The same in whole grains.
        adds_up: They are parts of what rests in the lot, and add up to it.
    """

    def __init__(
        self, lot: Mapping[str, Any], share: float, resting: int | None, grains: int
    ) -> None:
        self.lot, self.share = lot, share
        told = (lot["on_hand_kg"], lot["away_kg"], lot["moved_out_kg"])
        self.is_known = [kg is not None for kg in told]
        self.parts = [0.0 if kg is None else share * float(kg) * grains for kg in told]
        # What a count found, or missed, belongs to no part of what the lot weighed.
        self.adds_up = all(self.is_known[:2]) and resting is not None and not lot["is_counted"]
        self.cells = (
            split(resting, self.parts)
            if self.adds_up and resting is not None
            else [round(part) for part in self.parts]
        )


def settle_held(holdings: Iterable[Held]) -> None:
    """Round what is on hand in all once, and what is with customers in all, as a sum of it is."""
    every = list(holdings)
    sums = [
        round(math.fsum(one.parts[column] for one in every))
        - sum(one.cells[column] for one in every if not one.adds_up)
        for column in range(2)
    ]
    rows = [Row(one.parts, one.cells) for one in every if one.adds_up and any(one.parts)]
    settle(rows, [*sums, None])
