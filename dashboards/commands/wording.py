"""How refusals write a time, a weight, a temperature and a count."""

from datetime import datetime
from decimal import Decimal


def kilograms(quantity_kg: Decimal | None) -> str:
    """Say a quantity, an unknown one too."""
    return "an unknown amount" if quantity_kg is None else f"{quantity_kg.normalize():f} kg"


def counted(count: int, thing: str) -> str:
    """Say how many of a thing there are."""
    return f"1 {thing}" if count == 1 else f"{count:,} {thing}s"


def celsius(temperature_c: Decimal) -> str:
    """Say a temperature, with nothing behind its last digit."""
    return f"{temperature_c.normalize():f} °C"


def utc_minute(moment: datetime) -> str:
    """Say a time in UTC, to the minute."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"
