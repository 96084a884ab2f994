"""What a lot had at its places, in kilograms or in its own unit, and whether it is enough."""

from decimal import Decimal
from typing import NamedTuple

from dashboards.commands.refusals import MovementRefused
from dashboards.commands.wording import in_unit, kilograms
from sql.genealogy.stand_orders import Dated, is_overdrawn
from sql.record.transactions import Row


class Held(NamedTuple):
    """What happened to a lot so far, in kilograms or in its own unit; None: kilograms."""

    lot: Row
    began_with: Decimal | None
    known: list[Dated]
    unit: str | None = None

    def said(self, amount: Decimal) -> str:
        """Say an amount of it."""
        return kilograms(amount) if self.unit is None else in_unit(amount, self.unit)


def guard_enough(held: Held, amount: Decimal | None, has: Decimal, where: str, field: str) -> None:
    """Refuse more than can have stood there."""
    if has <= 0 or amount is not None and amount > has:
        much = "nothing" if has <= 0 else f"at most {held.said(has)}"
        amount_field = "quantity_kg" if held.unit is None else "quantity"
        raise MovementRefused(
            f"Lot {held.lot['lot_code']} had {much} {where} then. Check the lot, the place and "
            "the time.",
            field=amount_field if has > 0 else field,
            code="NOT_ENOUGH",
        )


def guard_since(held: Held, new: Dated, what: str) -> None:
    """Refuse what leaves too little for what happened since."""
    began, known = held.began_with, held.known
    if is_overdrawn(began, [*known, new]) and not is_overdrawn(began, known):
        raise MovementRefused(
            f"What would {what} went from where it stood with something later of lot "
            f"{held.lot['lot_code']}. Check the time, or void what came later first.",
            field="happened_at",
            code="MOVED_SINCE",
        )
