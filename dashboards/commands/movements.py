"""Record what else happens to a lot: waste, samples, destroyed, come back, counted."""

from datetime import datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.count_guards import guard_counted_packed
from dashboards.commands.floor_times import floor_stretch, since_made
from dashboards.commands.grade_guards import guard_downgrade
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.movement_guards import guard_stops
from dashboards.commands.movement_partners import partner_of
from dashboards.commands.movement_places import place_of_movement
from dashboards.commands.movement_values import (
    REASONED,
    amount_of,
    guard_fields,
    guard_time,
    kind_of,
)
from dashboards.commands.movement_writing import signed_content, written_movement
from dashboards.commands.reasons import reason_given
from dashboards.commands.return_guards import line_returned
from dashboards.commands.signatures import Confirmation, sign
from dashboards.commands.taking_guards import require_left, require_units_left
from dashboards.commands.weighed import moved_of
from dashboards.commands.writing import begin_writing
from sql.movements import MovementKind
from sql.record.transactions import Row, Transaction
from sql.stretches import Stretch
from sql.vocabulary import Meaning


def register_movement(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    kind: str,
    quantity_kg: Decimal | float | str | None = None,
    quantity: Decimal | float | str | None = None,
    unit: str | None = None,
    reason: str | None = None,
    partner_code: str | None = None,
    shipment_code: str | None = None,
    shipment_id: int | None = None,
    place_code: str | None = None,
    happened_at: datetime | Stretch | None = None,
    confirmation: Confirmation | None = None,
) -> Row:
    """Append one movement of a lot and return its row.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        lot_code: The lot.
        kind: One of `MovementKind`.
        quantity_kg: How much, kg, more than 0; None: unknown. Of a count what was found, 0 too.
        quantity: How much in the product's unit, instead of kilograms or beside them; both are
            kept, and kilograms that nobody knows are unknown.
        unit: That unit.
        reason: Why; 10 characters or more for all but waste, samples and counts.
        partner_code: Who got it, SENT_BACK (none: the lot's supplier) or DONATED.
        shipment_code: The shipment that something came back of, RETURNED.
        shipment_id: The very line of it, where there are several.
        place_code: Where it left, or where what came back was put; None: nobody said.
        happened_at: When on the floor, to the minute or by the day or month; None: now.
        confirmation: The password given again, where a rejected lot is destroyed.

    Raises:
        NotPermitted: The role may not write lots, or not destroy a stopped one.
        BadValue: A value can't be taken.
        NotFound: The lot, partner, shipment or place is unknown.
        NotEnough, LinkRefused: The lot has less left, in kilograms or in its own unit.
        MovementRefused: A rule forbids it: a stop, more back than was shipped, a count below what
            left the lot since, or than stands packed; less stood at the place.
        PackingRefused: What is asked stands packed in units.
        SignatureNeeded: A rejected lot is destroyed, and the password was not given again.
    """
    require(by, Action.WRITE_LOTS)
    which = kind_of(kind)
    given = amount_of(which, quantity_kg, quantity, unit)
    why = reason_given(reason, "why") if which in REASONED else values.free_text(reason, "reason")
    guard_fields(which, partner_code, shipment_code, place_code)
    at, until = floor_stretch(happened_at, by=by)
    guard_time(which, until)
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    at = since_made(lot, at, is_given=happened_at is not None, until=until)
    moved = moved_of(lot, given)
    guard_stops(transaction, lot, which, by=by, at=at, reason=why, quantity_kg=moved.kg)
    line = None
    if which == MovementKind.RETURNED:
        line = line_returned(
            transaction,
            lot,
            shipment_code or "",
            moved,
            at=at,
            until=until,
            shipment_id=shipment_id,
        )
    elif which == MovementKind.COUNTED:
        guard_counted_packed(transaction, lot, moved.kg, at)
    else:
        require_left(transaction, lot, moved.kg, "quantity_kg", at=at)
        require_units_left(transaction, lot, moved, at=at)
    place = place_of_movement(transaction, lot, which, place_code, moved, at, until)
    if which == MovementKind.DOWNGRADED:
        guard_downgrade(lot, moved.kg)
    written = written_movement(
        transaction,
        lot,
        lot_id=lot["lot_id"],
        kind=which,
        quantity_kg=moved.kg,
        quantity=moved.quantity,
        unit=moved.unit,
        reason=why,
        partner_id=partner_of(transaction, lot, which, partner_code, at=at, by=by),
        shipment_id=line,
        operator_id=by.user_id,
        happened_at=at,
        happened_until=until,
        place_id=place and place["place_id"],
    )
    if which == MovementKind.DESTROYED and lot["stopped_as"] == "rejected":
        sign(
            transaction,
            by=by,
            confirmation=confirmation,
            meaning=Meaning.DESTROY,
            movement_id=written["movement_id"],
            content=signed_content(written),
        )
    return {**written, "lot_code": lot["lot_code"], "place_code": place and place["place_code"]}
