"""What rows come to in the units that they are kept in: what is alike added up, all else apart.

A row tells an amount in its unit as it tells kilograms (`sql.amounts`): `on_hand_quantity` where it
is known exactly, else `on_hand_at_most_quantity` or `on_hand_at_least_quantity`, and `unit`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sql.amounts import NOTHING, Amount, Sureness

Row = Mapping[str, Any]
# Kilograms whose amount in a unit has no name of its own.
_WHOLE = {"weight": "quantity", "quantity": "quantity"}


@dataclass(frozen=True, slots=True)
class InUnit:
    """What some rows of one unit come to.

    Attributes:
        unit: Their unit; None: they have kilograms alone.
        amount: How much of it, its bounds in that unit; without a unit, kilograms.
        kg: The same in kilograms.
    """

    unit: str | None
    amount: Amount
    kg: Amount

    @property
    def is_unknown(self) -> bool:
        """Tell whether nobody knows anything of it, in its unit or in kilograms."""
        return self.amount.sureness is self.kg.sureness is Sureness.UNKNOWN


def amount_in_unit(row: Row, name: str) -> Amount | None:
    """Read an amount in a row's unit under a name such as `on_hand`; None: it has no unit."""
    if row.get("unit") is None:
        return None
    whole = _WHOLE.get(name, f"{name}_quantity")
    exact = row.get(whole)
    if exact is not None:
        return Amount(exact, exact)
    least = row.get(f"{name}_at_least_quantity")
    return Amount(least or Decimal(0), row.get(f"{name}_at_most_quantity"))


def told_in_unit(known: Amount, name: str) -> dict[str, Decimal | None]:
    """Tell an amount in a unit as the columns of a row, under a name such as `on_hand`."""
    return {in_units_named(column): number for column, number in known.told(name).items()}


def in_units_named(column: str) -> str:
    """Name the column that tells in a unit what one of kilograms tells: `…_kg`, `…_quantity`."""
    return f"{column.removesuffix('_kg')}_quantity"


def sums_in_units(rows: Iterable[Row], name: str) -> list[InUnit]:
    """Add up an amount of rows, unit by unit, those of kilograms alone last."""
    sums: dict[str | None, InUnit] = {}
    for row in rows:
        kg, amount = Amount.of(row, name), amount_in_unit(row, name)
        unit = None if amount is None else row["unit"]
        so_far = sums.get(unit, InUnit(unit, NOTHING, NOTHING))
        sums[unit] = InUnit(unit, so_far.amount + (amount or kg), so_far.kg + kg)
    return sorted(sums.values(), key=lambda one: (one.unit is None, one.unit))
