"""Put lots and units into logistic units.

A logistic unit (a case, a pallet) is its SSCC. Packing says where a lot stands; it takes no
kilograms from it. What is in a unit follows from what was put in and taken out (`packed`).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.floor_times import floor_time, since_made
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.packing_guards import (
    guard_check_digit,
    guard_here,
    guard_inner,
    guard_left_to_pack,
    unit_code,
)
from dashboards.commands.pallet_guards import guard_one_product
from dashboards.commands.quantities import Quantity, quantity_given
from dashboards.commands.weighed import weighed_kg
from dashboards.commands.writing import begin_writing
from sql.packings import PackingKind
from sql.record.transactions import Transaction

Kilograms = Decimal | float | str | None


def pack_lot(
    transaction: Transaction,
    *,
    by: Person,
    sscc: str,
    lot_code: str,
    quantity_kg: Kilograms = None,
    quantity: Kilograms = None,
    unit: str | None = None,
    happened_at: datetime | None = None,
    confirmed: Collection[str] = (),
) -> int:
    """Put some of a lot into a unit and return the row's id.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        sscc: The unit's 18 digits, a leading (00) or not.
        lot_code: The lot.
        quantity_kg: How much of it, kg, more than 0; None: nobody weighed it.
        quantity: How much in the product's unit, instead of kilograms or beside them.
        unit: That unit.
        happened_at: When; None: now.
        confirmed: Questions the person has said yes to, word for word.

    Raises:
        NotPermitted: The role may not write lots.
        BadValue: A value can't be taken.
        NotFound: The lot is unknown.
        ToConfirm: The check digit of a unit not known so far is wrong.
        PackingRefused: The unit has left; less of the lot is on hand and not packed; or the unit
            holds another product.
    """
    require(by, Action.WRITE_LOTS)
    into = unit_code(sscc)
    given = quantity_given(quantity_kg, quantity, unit, kg_field="quantity_kg", is_moved=True)
    at = floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    at = since_made(lot, at, is_given=happened_at is not None)
    guard_here(transaction, into)
    taken = replace(given, kg=weighed_kg(lot, given))
    guard_left_to_pack(transaction, lot, taken.kg)
    guard_one_product(transaction, into, [lot], at=at)
    guard_check_digit(transaction, into, confirmed)
    return write_packing(
        transaction, by, at, into, PackingKind.PACKED, lot_id=lot["lot_id"], amount=taken
    )


def pack_unit(
    transaction: Transaction,
    *,
    by: Person,
    sscc: str,
    inner_sscc: str,
    happened_at: datetime | None = None,
    confirmed: Collection[str] = (),
) -> int:
    """Put a whole unit into or onto another and return the row's id; see `pack_lot`.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        sscc: The outer unit.
        inner_sscc: The unit that goes into it, with something in it.
        happened_at: When; None: now.
        confirmed: Questions the person has said yes to, word for word.

    Raises:
        PackingRefused: It would stand in itself, stands elsewhere, is empty, holds another product,
            or one of them has left.
    """
    require(by, Action.WRITE_LOTS)
    unit, inner = unit_code(sscc), unit_code(inner_sscc, "inner_sscc")
    at = floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    guard_here(transaction, unit)
    guard_inner(transaction, unit, inner)
    guard_one_product(transaction, unit, transaction.all("lots_in_unit", sscc=inner), at=at)
    guard_check_digit(transaction, unit, confirmed)
    return write_packing(transaction, by, at, unit, PackingKind.PACKED, inner_sscc=inner)


def write_packing(
    transaction: Transaction,
    by: Person,
    at: datetime,
    sscc: str,
    kind: PackingKind,
    *,
    lot_id: int | None = None,
    inner_sscc: str | None = None,
    amount: Quantity = Quantity(None),  # noqa: B008 - frozen
) -> int:
    """Append one row, for the command that has asked and guarded, and return its id."""
    return transaction.value(
        "write_packing",
        sscc=sscc,
        kind=kind,
        lot_id=lot_id,
        inner_sscc=inner_sscc,
        quantity_kg=amount.kg,
        quantity=amount.quantity,
        unit=amount.unit,
        operator_id=by.user_id,
        happened_at=at,
    )
