"""Kilograms as far as they are known: exactly, at most, at least, or not at all.

A row tells an amount in columns of one name: `on_hand_kg` where it is known exactly, and else
`on_hand_at_most_kg` or `on_hand_at_least_kg` where a bound is. So whoever reads the plain column
alone reads nothing where it isn't sure. What words say it is not here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

MILLIGRAM_PLACES, GRAM_PLACES = 6, 3  # of a kilogram


class Sureness(StrEnum):
    """How well an amount is known."""

    EXACTLY = "exactly"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Amount:
    """Kilograms between two bounds.

    Attributes:
        least_kg: No less than this.
        most_kg: No more than this; None: nobody knows.
    """

    least_kg: Decimal
    most_kg: Decimal | None

    @classmethod
    def of(cls, row: Mapping[str, Any], name: str) -> Self:
        """Read the amount that a row tells under a name, such as `on_hand`."""
        exact = row[f"{name}_kg"]
        if exact is not None:
            return cls(exact, exact)
        return cls(row.get(f"{name}_at_least_kg") or Decimal(0), row.get(f"{name}_at_most_kg"))

    @property
    def sureness(self) -> Sureness:
        """Tell how well it is known; a bound that bounds nothing is none."""
        if self.least_kg == self.most_kg:
            return Sureness.EXACTLY
        if self.most_kg is not None:
            return Sureness.AT_MOST
        return Sureness.AT_LEAST if self.least_kg else Sureness.UNKNOWN

    @property
    def said_kg(self) -> Decimal | None:
        """Return the number that goes with its sureness; None: unknown."""
        return self.least_kg if self.most_kg is None and self.least_kg else self.most_kg

    def told(self, name: str) -> dict[str, Decimal | None]:
        """Tell it as the columns of a row, under a name such as `on_hand`."""
        is_exact = self.sureness is Sureness.EXACTLY
        return {
            f"{name}_kg": self.least_kg if is_exact else None,
            f"{name}_at_most_kg": None if is_exact else self.most_kg,
            f"{name}_at_least_kg": None if is_exact or not self.least_kg else self.least_kg,
        }

    def __add__(self, other: "Amount") -> "Amount":
        """Add up, no surer than either."""
        least = self.least_kg + other.least_kg
        if self.most_kg is None or other.most_kg is None:
            return Amount(least, None)
        return Amount(least, self.most_kg + other.most_kg)


NOTHING = Amount(Decimal(0), Decimal(0))


def kilograms(milligrams: int) -> Decimal:
    """Write whole milligrams as kilograms: to the gram, and finer only where they are."""
    grams, finer = divmod(milligrams, 1000)
    return Decimal(milligrams).scaleb(-MILLIGRAM_PLACES) if finer else Decimal(grams).scaleb(-3)


def without_spare_zeros(value: Decimal) -> Decimal:
    """Return a number without the zeros that only its column's type put behind the third place."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or exponent >= -GRAM_PLACES:
        return value
    spare = 0
    while exponent + spare < -GRAM_PLACES and not (digits[-1 - spare :] or (0,))[0]:
        spare += 1
    return Decimal((sign, digits[: len(digits) - spare] or (0,), exponent + spare))


def places_of(value: Decimal) -> int:
    """Count the decimal places that a number is written with."""
    exponent = without_spare_zeros(value).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def total(amounts: Iterable[Amount]) -> Amount:
    """Add up amounts; of none: exactly zero."""
    return sum(amounts, start=NOTHING)
