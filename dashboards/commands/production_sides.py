"""The two sides of a production: lots that are used, and lots that are made by it.

Each side is looked up, measured and guarded here, and a new lot registered; the production itself
is written by `productions`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Person
from dashboards.commands.links import guard_use
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.lots import Parent, register_lot
from dashboards.commands.quantities import Quantity, quantity_given
from dashboards.commands.refusals import BadValue
from dashboards.commands.taking_guards import require_units_left
from dashboards.commands.weighed import moved_of
from sql.record.transactions import Row, Transaction
from sql.vocabulary import OutputKind

Kilograms = Decimal | float | str | None


@dataclass(frozen=True)
class Output:
    """A lot that came of a production; the first of its code is registered with it.

    Attributes:
        lot_code: A new lot's code, or a known lot's that the production adds to.
        quantity_kg: How much of it came out; None: unknown. A new lot weighs this.
        quantity: How much in another unit, instead of kilograms or beside them; a new lot keeps it.
        unit: That unit.
        kind: The main product, one made beside it, or one that is left over.
        lot_type: Of a new lot.
        product_code: Of a new lot.
        expires_on: Of a new lot.
    """

    lot_code: str
    quantity_kg: Kilograms = None
    quantity: Kilograms = None
    unit: str | None = None
    kind: str = OutputKind.MAIN
    lot_type: str | None = None
    product_code: str | None = None
    expires_on: date | None = None


def used_lot(
    transaction: Transaction, one: Parent, by: Person, at: datetime, *, is_given: bool
) -> tuple[Row, Quantity, str | None, datetime]:
    """Return an input's lot, how much, why it is used though expired, and when."""
    given = quantity_given(
        one.quantity_kg, one.quantity, one.unit, kg_field="quantity_kg", is_moved=True
    )
    lot = known_lot(transaction, one.lot_code, "lot_code")
    taken = moved_of(lot, given)
    since, why_expired = guard_use(
        transaction,
        lot,
        by=by,
        at=at,
        is_given=is_given,
        expiry_reason=one.expiry_reason,
        quantity=taken.kg,
    )
    require_units_left(transaction, lot, taken, at=since)
    return lot, taken, why_expired, since


def made_lot(
    transaction: Transaction, one: Output, by: Person, at: datetime
) -> tuple[Row, Quantity, str]:
    """Return an output's lot, registered now where it is new, how much of it, and its kind."""
    given = quantity_given(
        one.quantity_kg, one.quantity, one.unit, kg_field="quantity_kg", is_moved=True
    )
    if one.kind not in set(OutputKind):
        raise BadValue(
            f"kind must be one of {' '.join(OutputKind)}, not {one.kind!r}.", field="kind"
        )
    code = values.code(one.lot_code, "lot_code")
    if transaction.one("lot_to_act_on", lot_code=code) is None:
        register_lot(
            transaction,
            by=by,
            lot_code=code,
            lot_type=one.lot_type,
            product_code=one.product_code,
            expires_on=one.expires_on,
            weight_kg=one.quantity_kg,
            quantity=one.quantity,
            unit=one.unit,
            happened_at=at,
        )
        new = known_lot(transaction, code, "lot_code")
        return new, Quantity(new["weight_kg"], new["quantity"], new["unit"]), one.kind
    lot = known_lot(transaction, code, "lot_code")
    return lot, moved_of(lot, given), one.kind
