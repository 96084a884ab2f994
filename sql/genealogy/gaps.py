"""What can be open about a trace's answer or its lots, and what each such thing bears on.

A finding that a decision came late says something of the lots, and nothing of whether they are all
here: a verdict keeps these questions apart. What is open about one answer is for
`sql.genealogy.verdicts` to find; words for people are not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sql.warehouse.settlements import Settlement


class Bearing(StrEnum):
    """What something open bears on: which lots are named, how many kilograms, or neither."""

    LIST = "list"
    KILOGRAMS = "kilograms"
    LOTS = "lots"


class GapKind(StrEnum):
    """What can be open about an answer or its lots, what matters most first."""

    NOT_FOUND = "not_found"
    NOT_TAKEN = "not_taken"
    DAMAGED_IDENTIFIER = "damaged_identifier"
    OPEN_FINDING = "open_finding"
    OVERDRAWN = "overdrawn"
    NOT_CHECKED = "not_checked"
    CIRCLE = "circle"
    UNKNOWN_QUANTITY = "unknown_quantity"
    UNKNOWN_WEIGHT = "unknown_weight"
    UNKNOWN_SHIPMENT = "unknown_shipment"
    UNKNOWN_OUTPUT = "unknown_output"
    LOT_FINDING = "lot_finding"
    FOUND_LATER = "found_later"
    LATE_LINK = "late_link"

    @property
    def bearing(self) -> Bearing:
        """Say what it bears on; a kind that nobody placed puts the list in doubt."""
        return _BEARINGS.get(self, Bearing.LIST)


_BEARINGS = {
    GapKind.CIRCLE: Bearing.KILOGRAMS,
    GapKind.UNKNOWN_QUANTITY: Bearing.KILOGRAMS,
    GapKind.UNKNOWN_WEIGHT: Bearing.KILOGRAMS,
    GapKind.UNKNOWN_SHIPMENT: Bearing.KILOGRAMS,
    GapKind.UNKNOWN_OUTPUT: Bearing.KILOGRAMS,
    GapKind.LOT_FINDING: Bearing.LOTS,
    GapKind.FOUND_LATER: Bearing.LOTS,
    GapKind.LATE_LINK: Bearing.LOTS,
}


@dataclass(frozen=True)
class NotTaken:
    """What a search offered beside the lots that somebody chose.

    Attributes:
        lot_codes: The lots that its list named and nobody chose, sorted.
        unlisted_count: How many more matches it counted than it listed, and nobody chose; of
            several things looked for together, the matches of each.
    """

    lot_codes: tuple[str, ...] = ()
    unlisted_count: int = 0


NOTHING_OFFERED = NotTaken()


@dataclass(frozen=True)
class Gap:
    """One thing that is open.

    Attributes:
        kind: What it is.
        lot_codes: The lots it is about, sorted: the child of a link, the lot shipped; codes that no
            lot carries; lots that were offered and not taken.
        checks: Of open findings, the checks that name those lots, sorted.
        checks_of: Of open findings, the checks that name each lot, sorted, by its code.
        unlisted_count: How many more matches there are that no list named; see `NotTaken`.
    """

    kind: GapKind
    lot_codes: tuple[str, ...]
    checks: tuple[str, ...] = ()
    unlisted_count: int = 0
    checks_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class SettledFinding:
    """One breach of a rule that somebody acknowledged or explained; it is not open any more.

    Attributes:
        check: The sentence that does not hold.
        settlement: Who settled it, when, and why.
        lot_codes: The lots it is about, sorted.
    """

    check: str
    settlement: Settlement
    lot_codes: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What is open about an answer and its lots, by kind; nothing of a kind: it is not there.

    Attributes:
        gaps: What is open.
        settled: What would be, had nobody settled it.
    """

    gaps: tuple[Gap, ...]
    settled: tuple[SettledFinding, ...] = ()

    def about(self, bearing: Bearing) -> tuple[Gap, ...]:
        """Return what bears on the list, on kilograms, or on the lots alone."""
        return tuple(gap for gap in self.gaps if gap.kind.bearing is bearing)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing puts in doubt that every lot is here, and none that isn't."""
        return not self.about(Bearing.LIST)

    @property
    def is_complete(self) -> bool:
        """Tell whether the list is whole and every kilogram of the answer is known."""
        return self.is_whole and not self.about(Bearing.KILOGRAMS)
