"""Take lots and units out of the logistic unit they stand in."""

from dataclasses import replace
from datetime import datetime

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.floor_times import floor_time
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.packing import Kilograms, write_packing
from dashboards.commands.packing_guards import guard_here, unit_code
from dashboards.commands.quantities import Quantity, quantity_given
from dashboards.commands.refusals import PackingRefused
from dashboards.commands.weighed import weighed_kg
from dashboards.commands.wording import kilograms
from dashboards.commands.writing import begin_writing
from sql.packings import PackingKind
from sql.record.transactions import Row, Transaction


def unpack(
    transaction: Transaction,
    *,
    by: Person,
    sscc: str,
    lot_code: str | None = None,
    inner_sscc: str | None = None,
    quantity_kg: Kilograms = None,
    quantity: Kilograms = None,
    unit: str | None = None,
    happened_at: datetime | None = None,
) -> int:
    """Take a lot or a unit out of a unit and return the row's id.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        sscc: The unit it is in.
        lot_code: The lot; or
        inner_sscc: the unit that is taken out.
        quantity_kg: How much of a lot; None: all of it that is in.
        quantity: How much in the product's unit, instead of kilograms or beside them.
        unit: That unit.
        happened_at: When; None: now.

    Raises:
        NotPermitted: The role may not write lots.
        BadValue: A value can't be taken.
        PackingRefused: That isn't in the unit, or not so much of it; or the unit has left.
    """
    require(by, Action.WRITE_LOTS)
    outer = unit_code(sscc)
    given = quantity_given(quantity_kg, quantity, unit, kg_field="quantity_kg", is_moved=True)
    inner = None if lot_code else unit_code(inner_sscc, "inner_sscc")
    what = f"unit {inner}" if inner else f"lot {values.code(lot_code or '', 'lot_code')}"
    at = floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    guard_here(transaction, outer)
    inside = _inside(transaction, outer, inner, lot_code, what)
    taken = given if inner else _weighed(transaction, inside, given)
    has_kg = inside["quantity_kg"]
    is_too_much = taken.kg is not None and has_kg is not None and taken.kg > has_kg
    if is_too_much or inner and given != Quantity(None):
        has = "a whole unit" if inner else kilograms(has_kg)
        asked = "a part of it" if taken.kg is None else kilograms(taken.kg)
        raise PackingRefused(
            f"Unit {outer} holds {has} of {what}, not {asked}. Take out at most that; "
            "leave the amount empty to take all.",
            field="quantity_kg",
            code="NOT_ENOUGH",
        )
    return write_packing(
        transaction,
        by,
        max(at, inside["packed_at"]),
        outer,
        PackingKind.UNPACKED,
        lot_id=inside["lot_id"],
        inner_sscc=inside["inner_sscc"],
        amount=taken,
    )


def _weighed(transaction: Transaction, inside: Row, given: Quantity) -> Quantity:
    """Add its kilograms to what is taken out of a lot; none: all of it."""
    if given.quantity is None:
        return given
    lot = known_lot(transaction, inside["lot_code"], "lot_code")
    return replace(given, kg=weighed_kg(lot, given))


def _inside(
    transaction: Transaction, unit: str, inner: str | None, lot_code: str | None, what: str
) -> Row:
    """Find what is to be taken out."""
    held = transaction.all("unit_packed", sscc=unit)
    for row in held:
        if row["inner_sscc"] == inner if inner else row["lot_code"] == (lot_code or "").strip():
            return row
    names = ", ".join(row["lot_code"] or f"unit {row['inner_sscc']}" for row in held[:5])
    raise PackingRefused(
        f"Unit {unit} doesn't hold {what}. In it: {names or 'nothing'}.",
        field="inner_sscc" if inner else "lot_code",
        code="NOT_IN_UNIT",
    )
