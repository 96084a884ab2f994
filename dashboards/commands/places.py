"""Keep the places where goods stand, and move lots between them."""

from datetime import datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.floor_times import floor_stretch, since_made
from dashboards.commands.known_places import known_place, place_in_use, place_of
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.place_guards import guard_move
from dashboards.commands.quantities import quantity_given
from dashboards.commands.references import partner_id
from dashboards.commands.refusals import BadValue, Taken
from dashboards.commands.retired_guards import guard_partner
from dashboards.commands.weighed import moved_of
from dashboards.commands.writing import begin_writing
from sql.errors import RuleBroken
from sql.record.transactions import Row, Transaction
from sql.stretches import Stretch


def register_place(
    transaction: Transaction,
    *,
    by: Person,
    place_code: str,
    name: str,
    kind: str | None = None,
    site_code: str | None = None,
) -> int:
    """Register a place and return its id.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        place_code: The code that files and moves name it by; it never changes.
        name: What people call it.
        kind: What it is, in the plant's own words: cold store, dock.
        site_code: The partner, a site, that it belongs to; None: the plant itself.

    Raises:
        NotPermitted: The role may not keep master data.
        BadValue: A value can't be taken, or the partner is no site, or retired.
        NotFound: The site is unknown.
        Taken: Another place has the code.
    """
    require(by, Action.CORRECT)
    code = values.code(place_code, "place_code")
    called = values.free_text(name, "name", longest=values.LONGEST_CODE)
    if called is None:
        raise BadValue("name is empty: say what people call the place.", field="name", code="EMPTY")
    what = values.free_text(kind, "kind", longest=values.LONGEST_CODE)
    begin_writing(transaction, by=by)
    site = partner_id(transaction, site_code, "site_code") if site_code else None
    guard_partner(transaction, site, site_code, "site_code", at=values.moment(None), by=by)
    try:
        return transaction.value(
            "write_place",
            place_code=code,
            name=called,
            kind=what,
            partner_id=site,
            operator_id=by.user_id,
        )
    except RuleBroken as broken:
        if broken.constraint != "place_code_is_unique":
            raise
        raise Taken(
            f"Place {code} exists already. Use another code.", field="place_code"
        ) from broken


def move_lot(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    to_place_code: str,
    from_place_code: str | None = None,
    quantity_kg: Decimal | float | str | None = None,
    quantity: Decimal | float | str | None = None,
    unit: str | None = None,
    reason: str | None = None,
    happened_at: datetime | Stretch | None = None,
) -> Row:
    """Record that a lot, or some of it, went to a place, and return the row.

    A lot on HOLD may be moved, to where it is kept apart. No kilograms are taken from a lot.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        lot_code: The lot.
        to_place_code: Where to.
        from_place_code: Where from; None: from wherever it stands.
        quantity_kg: How much, kg, more than 0; None: all that stood there.
        quantity: How much in a unit, instead of kilograms or beside them. Of the lot's own unit
            nobody need know the kilograms.
        unit: That unit.
        reason: Why, where somebody says.
        happened_at: When, to the minute or by the day or month; None: now.

    Raises:
        NotPermitted: The role may not write lots.
        BadValue: A value can't be taken, nobody knows what it weighs in a unit that isn't the
            lot's, or the place it went to is retired.
        NotFound: The lot or a place is unknown.
        Voided: The lot was voided.
        MovementRefused: Less stood there then, or a later move takes it from there; or it stands in
            several places and nobody said which; or it stands there already.
    """
    require(by, Action.WRITE_LOTS)
    given = quantity_given(quantity_kg, quantity, unit, kg_field="quantity_kg", is_moved=True)
    why = values.free_text(reason, "reason")
    at, until = floor_stretch(happened_at, by=by)
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    at = since_made(lot, at, is_given=happened_at is not None, until=until)
    to = place_in_use(transaction, to_place_code, "to_place_code")
    origin = (
        known_place(transaction, from_place_code, "from_place_code") if from_place_code else None
    )
    moved = moved_of(lot, given)
    came_from = place_of(origin) if origin else None
    guard_move(transaction, lot, moved, place_of(to), came_from, at=at, until=until)
    written = transaction.one(
        "write_move",
        lot_id=lot["lot_id"],
        place_id=to["place_id"],
        from_place_id=origin["place_id"] if origin else None,
        quantity_kg=moved.kg,
        quantity=moved.quantity,
        unit=moved.unit,
        reason=why,
        operator_id=by.user_id,
        happened_at=at,
        happened_until=until,
    )
    if written is None:
        raise LookupError("the move just written was not given back")
    places = {"to_place_code": to["place_code"], "from_place_code": origin and origin["place_code"]}
    return {**written, **places, "lot_code": lot["lot_code"]}
