"""How a weight is said, and the word for what nobody knows."""

from decimal import Decimal

UNKNOWN = "unknown"


def kilograms(value: Decimal | float | None) -> str:
    """Say a weight to the gram, with its unit; an unknown one is said to be so, never zero."""
    if value is None:
        return UNKNOWN
    return f"{value:,.3f}".rstrip("0").rstrip(".") + " kg"
