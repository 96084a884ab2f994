"""How refusals write a time and a weight."""

from datetime import datetime
from decimal import Decimal


def kilograms(quantity_kg: Decimal | None) -> str:
    """Say a quantity, an unknown one too."""
    return "an unknown amount" if quantity_kg is None else f"{quantity_kg.normalize():f} kg"


def utc_minute(moment: datetime) -> str:
    """Say a time in UTC, to the minute."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"
