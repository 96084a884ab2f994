"""What else happens to a lot's kilograms, and whether they are accounted for."""

from enum import StrEnum

from sql.settings import Settings

Band = tuple[float, float]
# Between which parts of its weight, unless the plant sets it.
ACCOUNTED: Band = (0.995, 1.015)


class MovementKind(StrEnum):
    """What else happens to a lot's kilograms than going into a child or to a customer."""

    WASTE = "WASTE"
    SAMPLE = "SAMPLE"
    DESTROYED = "DESTROYED"
    SENT_BACK = "SENT_BACK"
    DONATED = "DONATED"
    RETURNED = "RETURNED"
    DOWNGRADED = "DOWNGRADED"
    COUNTED = "COUNTED"


class QuantityCheck(StrEnum):
    """What a lot's kilograms come to: within the band, beyond it, or not all known."""

    PASSED = "passed"
    FAILED = "failed"
    INCOMPLETE = "incomplete"


def accounted_band(config: Settings) -> Band:
    """Return between which parts of its weight a lot's kilograms are accounted for at a plant."""
    return config.accounted_lowest_percent / 100, config.accounted_highest_percent / 100


def quantity_check(accounted_ratio: float | None, is_counted: bool, band: Band) -> QuantityCheck:
    """Say what a lot's kilograms come to (`genealogy.mass_balance` says the same of an edition).

    Args:
        accounted_ratio: Which part of its weight is accounted for; None: unknown.
        is_counted: Whether somebody counted the rest.
        band: Between which parts it may be.

    Returns:
        Incomplete where it is unknown, or below the band with a rest that nobody counted.
    """
    lowest, highest = band
    if accounted_ratio is None or (accounted_ratio < lowest and not is_counted):
        return QuantityCheck.INCOMPLETE
    is_within = lowest <= accounted_ratio <= highest
    return QuantityCheck.PASSED if is_within else QuantityCheck.FAILED
