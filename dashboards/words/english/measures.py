"""How a weight and a number of things are said, and the word for what nobody knows."""

from decimal import Decimal

UNKNOWN = "unknown"
NOT_RECORDED = "not recorded"


def kilograms(value: Decimal | float | None) -> str:
    """Say a weight to the gram, with its unit; an unknown one is said to be so, never zero."""
    if value is None:
        return UNKNOWN
    return f"{value:,.3f}".rstrip("0").rstrip(".") + " kg"


def plural(count: int, noun: str) -> str:
    """Say a number of things: 1 lot, 2,000 lots."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def over_words(over_count: int, unknown_count: int) -> str:
    """Say how many lots gave out too much; those of unknown kilograms may be among them."""
    return f"at least {over_count:,}" if unknown_count else f"{over_count:,}"
