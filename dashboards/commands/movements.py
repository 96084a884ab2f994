"""Record what else happens to a lot: waste, samples, destroyed, come back, counted."""

from datetime import datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.count_guards import guard_counted_packed
from dashboards.commands.floor_times import floor_time, since_made
from dashboards.commands.grade_guards import guard_downgrade
from dashboards.commands.known_order import order_known
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.movement_guards import guard_stops
from dashboards.commands.movement_partners import partner_of
from dashboards.commands.movement_places import place_of_movement
from dashboards.commands.movement_values import REASONED, amount_of, guard_fields, kind_of
from dashboards.commands.reasons import reason_given
from dashboards.commands.refusals import MovementRefused
from dashboards.commands.return_guards import line_returned
from dashboards.commands.signatures import Confirmation, sign
from dashboards.commands.taking_guards import require_left
from dashboards.commands.weighed import weighed_kg
from dashboards.commands.writing import begin_writing
from sql.errors import RuleBroken
from sql.movements import MovementKind
from sql.record.transactions import Row, Transaction
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
    happened_at: datetime | None = None,
    confirmation: Confirmation | None = None,
) -> Row:
    """Append one movement of a lot and return its row.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        lot_code: The lot.
        kind: One of `MovementKind`.
        quantity_kg: How much, kg, more than 0; None: unknown. Of a count what was found, 0 too.
        quantity: How much in the product's unit, instead of kilograms or beside them; kept in
            kilograms.
        unit: That unit.
        reason: Why; 10 characters or more for all but waste, samples and counts.
        partner_code: Who got it, SENT_BACK (none: the lot's supplier) or DONATED.
        shipment_code: The shipment that something came back of, RETURNED.
        shipment_id: The very line of it, where there are several.
        place_code: Where it left, or where what came back was put; None: nobody said.
        happened_at: When on the floor; None: now.
        confirmation: The password given again, where a rejected lot is destroyed.

    Raises:
        NotPermitted: The role may not write lots, or not destroy a stopped one.
        BadValue: A value can't be taken.
        NotFound: The lot, partner, shipment or place is unknown.
        NotEnough: The lot has less left.
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
    at = floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    at = since_made(lot, at, is_given=happened_at is not None)
    moved_kg = weighed_kg(lot, given)
    guard_stops(transaction, lot, which, by=by, at=at, reason=why, quantity_kg=moved_kg)
    line = None
    if which == MovementKind.RETURNED:
        line = line_returned(
            transaction, lot, shipment_code or "", moved_kg, at=at, shipment_id=shipment_id
        )
    elif which == MovementKind.COUNTED:
        guard_counted_packed(transaction, lot, moved_kg or Decimal(0), at)
    else:
        require_left(transaction, lot, moved_kg, "quantity_kg", at=at)
    place = place_of_movement(transaction, lot, which, place_code, moved_kg, at)
    if which == MovementKind.DOWNGRADED:
        guard_downgrade(lot, moved_kg)
    written = _written(
        transaction,
        lot,
        lot_id=lot["lot_id"],
        kind=which,
        quantity_kg=moved_kg,
        reason=why,
        partner_id=partner_of(transaction, lot, which, partner_code),
        shipment_id=line,
        operator_id=by.user_id,
        happened_at=at,
        place_id=place and place["place_id"],
    )
    if which == MovementKind.DESTROYED and lot["stopped_as"] == "rejected":
        sign(
            transaction,
            by=by,
            confirmation=confirmation,
            meaning=Meaning.DESTROY,
            movement_id=written["movement_id"],
            content={name: written[name] for name in SIGNED},
        )
    return {**written, "lot_code": lot["lot_code"], "place_code": place and place["place_code"]}


SIGNED = ("movement_id", "lot_id", "kind", "quantity_kg", "reason", "happened_at")


def _written(transaction: Transaction, lot: Row, **facts: object) -> Row:
    """Append the movement, or say why the record won't have it."""
    try:
        with order_known(lot["lot_code"]):
            written = transaction.one("write_movement", **facts)
    except RuleBroken as broken:
        if broken.constraint != "lot_gives_out_at_most_what_it_weighs":
            raise
        raise MovementRefused(
            f"More left lot {lot['lot_code']} since that time than was found then. Check the count "
            "and its time, or void what is wrong.",
            field="quantity_kg",
            code="COUNT_TOO_LOW",
        ) from broken
    if written is None:
        raise LookupError("the movement just written was not given back")
    return written
