"""How much a corrected lot should have been: kilograms, an amount in another unit, or both.

The amount may be left as it reads. A lot never comes out as less than has left it already.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from dashboards.commands.corrected_origins import Kept
from dashboards.commands.plausible import require_plausible
from dashboards.commands.quantities import Typed, quantity_given
from dashboards.commands.refusals import BadValue, CorrectionRefused, ToConfirm
from dashboards.commands.wording import kilograms
from sql.amounts import Amount, without_spare_zeros
from sql.record.transactions import Row, Transaction

PLAUSIBLE = (
    ("weight_kg", "lightest_kg", "heaviest_kg"),
    ("temperature_c", "coldest_c", "warmest_c"),
)


def amount_given(
    lot: Row, weight_kg: Typed, quantity: Typed | Kept, unit: str | None | Kept, product: Row | None
) -> dict[str, Any]:
    """Read how much a lot should have been: weight_kg, quantity, unit, as the record keeps them.

    Where the amount stays as it reads, so does its unit; kilograms that nobody gives follow from
    what the product weighs a unit.

    Raises:
        BadValue: A number or unit can't be taken (`dashboards.commands.quantities`).
    """
    amount = lot["quantity"] if isinstance(quantity, Kept) else quantity
    in_unit = lot["unit"] if isinstance(unit, Kept) else unit
    given = quantity_given(weight_kg, amount, in_unit, kg_field="weight_kg")
    if product is not None:
        given = given.weighed(product["unit"], product["kg_per_unit"])
    return {"weight_kg": given.kg, "quantity": given.quantity, "unit": given.unit}


def ask_first(
    transaction: Transaction,
    lot: Row,
    facts: Mapping[str, Any],
    follows: str | None,
    confirmed: Collection[str],
) -> None:
    """Ask before a lot is restated beyond what is plausible, or more of it than was said.

    All is asked at once: a yes is to just these words.

    Args:
        transaction: Open transaction.
        lot: As it reads.
        facts: As it is to read.
        follows: What follows from what was said (`corrected_counts`); None: nothing.
        confirmed: Questions that the person has said yes to.

    Raises:
        ToConfirm: There is something to ask, and nobody said yes to it.
    """
    asked = _implausible(transaction, lot, facts)
    if follows is not None:
        asked.append(("weight_kg", follows))
    question = " ".join(said for _field, said in asked)
    if asked and question not in confirmed:
        raise ToConfirm(question, field=asked[0][0])


def _implausible(
    transaction: Transaction, lot: Row, facts: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Say what of a lot's weight and temperature is restated beyond what is plausible of its type.

    A value that the lot has already, of the type that it has, is nothing new; that one may stay.

    Returns:
        The field and what to ask about it, of each that is beyond.
    """
    bounds = transaction.all("bounds_of_type", lot_type=facts["lot_type"])[0]
    asked = []
    for name, lowest, highest in PLAUSIBLE:
        if facts[name] == lot[name] and facts["lot_type"] == lot["lot_type"]:
            continue
        try:
            require_plausible(facts[name], name, bounds[lowest], bounds[highest], way_out="")
        except BadValue as beyond:
            asked.append((name, str(beyond).strip()))
    return asked


def guard_given_out(transaction: Transaction, lot: Row, facts: Mapping[str, Any]) -> None:
    """Refuse less than has left the lot already, up to its first count.

    Raises:
        CorrectionRefused: More has left it, in kilograms or in its own unit.
    """
    if facts["quantity"] is not None:
        _guard_quantity(transaction, lot, facts["quantity"], facts["unit"])
    weight_kg = facts["weight_kg"]
    left = transaction.one("left_of_weight", lot_id=lot["lot_id"], weight_kg=weight_kg)
    if left is not None and left["at_most_kg"] is not None and left["at_most_kg"] < 0:
        at_least = "" if left["is_known"] else "at least "
        raise CorrectionRefused(
            f"Lot {lot['lot_code']} has given out {at_least}"
            f"{kilograms(weight_kg - left['at_most_kg'])}, so it "
            f"can't weigh {kilograms(weight_kg)}. Void the {_taken_by(lot)} that is wrong first.",
            field="weight_kg",
        )


def _guard_quantity(transaction: Transaction, lot: Row, quantity: Decimal, unit: str) -> None:
    """Refuse fewer of a unit than have gone."""
    rest = transaction.one("left_of_quantity", lot_id=lot["lot_id"], quantity=quantity, unit=unit)
    if rest is not None and rest["overdrawn_quantity"]:
        gone = quantity + rest["overdrawn_quantity"]
        raise CorrectionRefused(
            f"Lot {lot['lot_code']} has given out {_plain(gone)} {unit}, so it can't be "
            f"{_plain(quantity)} {unit}. Void the link or shipment that is wrong first.",
            field="quantity",
        )


def _plain(quantity: Decimal) -> str:
    return f"{without_spare_zeros(quantity).normalize():f}"


def _taken_by(lot: Row) -> str:
    """Say by which kinds of facts a lot gave out what it gave: links, shipments, movements."""
    names = {"link": "into_children", "shipment": "shipped", "movement": "moved_out"}
    taken = {thing: Amount.of(lot, name).least_kg for thing, name in names.items()}
    return " or ".join(thing for thing, least_kg in taken.items() if least_kg)
