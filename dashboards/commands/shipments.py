"""Record what left the plant for which customer, and take back a line that never was."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.expiry_guards import expiry_reason_given
from dashboards.commands.floor_times import floor_stretch, since_made
from dashboards.commands.grade_guards import guard_grade
from dashboards.commands.identifiers import sscc as pallet_code
from dashboards.commands.known_order import order_known
from dashboards.commands.loose_guards import kg_on_its_unit
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.origin_guards import guard_origin
from dashboards.commands.pallet_guards import guard_leaves_as_one
from dashboards.commands.place_guards import place_left
from dashboards.commands.quantities import quantity_given
from dashboards.commands.references import partner_id
from dashboards.commands.refusals import (
    ShipmentExpired,
    ShipmentRefused,
    ShipmentStopped,
)
from dashboards.commands.retired_guards import guard_partner
from dashboards.commands.shipment_identity import guard_identity
from dashboards.commands.taking_guards import (
    require_decided,
    require_left,
    require_released,
    require_units_left,
)
from dashboards.commands.weighed import part_of
from dashboards.commands.wording import stopped
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction
from sql.stretches import Stretch


def record_shipment(
    transaction: Transaction,
    *,
    by: Person,
    shipment_code: str,
    lot_code: str,
    customer_code: str,
    quantity_kg: Decimal | float | str | None,
    quantity: Decimal | float | str | None = None,
    unit: str | None = None,
    document: str | None = None,
    sscc: str | None = None,
    happened_at: datetime | Stretch | None = None,
    confirmed: Collection[str] = (),
    expiry_reason: str | None = None,
    with_whole_unit: bool = False,
    from_place_code: str | None = None,
) -> int:
    """Append one lot of a shipment to a customer and return the line's id.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        shipment_code: The shipment's own code; several lots may carry it.
        lot_code: The lot that leaves.
        customer_code: A known customer.
        quantity_kg: How much of the lot leaves, kg, more than 0; None: unknown.
        quantity: How much in the lot's own unit, instead of kilograms or beside them.
        unit: That unit.
        document: Delivery note.
        sscc: Code of the pallet it stands on, 18 digits.
        happened_at: When it left, to the minute or by the day or month; None: now.
        confirmed: Questions the person has said yes to, word for word.
        expiry_reason: Why an expired lot leaves all the same; a manager's.
        with_whole_unit: All that the pallet holds leaves, line by line (`ship_unit`).
        from_place_code: The place that it left; None: nobody said.

    Raises:
        NotPermitted: The role may not ship.
        BadValue: A value can't be taken, or the time lies before the lot came to be.
        NotFound: The lot, customer or place is unknown.
        NotEnough, MovementRefused: The lot, or the place, has less left.
        ShipmentRefused: The lot is on HOLD, rejected, or not passed at its blocking gate; what
            came back of it waits for a decision, or so much of it was downgraded; or the shipment
            goes to another customer; or its pallet holds something else too, or another product, or
            left for another customer, where the process says it may not.
        PackingRefused: What is asked stands packed in units.
        ToConfirm: The shipment has this lot already, or the pallet's check digit is wrong.
        ShipmentStopped: An ancestor of it is, and no manager has assessed that.
        ShipmentExpired: It has expired, and no manager said why it leaves.
    """
    require(by, Action.WRITE_LOTS)
    shipment = values.code(shipment_code, "shipment_code")
    given = quantity_given(quantity_kg, quantity, unit, kg_field="quantity_kg", is_moved=True)
    pallet = pallet_code(sscc, "sscc")
    customer = values.code(customer_code, "customer_code")
    customer_id = partner_id(transaction, customer, "customer_code")
    at, until = floor_stretch(happened_at, by=by)
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    at = since_made(lot, at, is_given=happened_at is not None, until=until)
    guard_partner(transaction, customer_id, customer, "customer_code", at=at, by=by)
    if lot["stopped_as"] is not None:
        raise ShipmentRefused(
            f"Lot {lot['lot_code']} is {stopped(lot['stopped_as'])} and may not leave the plant. "
            "Quality must release it first.",
            field="lot_code",
        )
    guard_origin(transaction, lot, ShipmentStopped, "may not leave the plant")
    why_expired = expiry_reason_given(
        transaction,
        lot,
        expiry_reason,
        by=by,
        happened_at=at,
        refused=ShipmentExpired,
        forbidden="may not leave the plant",
    )
    require_released(transaction, lot, ShipmentRefused)
    taken = part_of(lot, given)
    on_unit = kg_on_its_unit(transaction, lot, pallet, taken.kg, whole=with_whole_unit)
    require_left(transaction, lot, taken.kg, "quantity_kg", at=at, in_unit_kg=on_unit)
    require_units_left(transaction, lot, taken, at=at)
    guard_leaves_as_one(transaction, pallet, lot, customer, at=at, until=until)
    require_decided(lot, ShipmentRefused, taken.kg)
    guard_grade(lot, taken.kg)
    place = place_left(transaction, lot, from_place_code, taken, at=at, until=until)
    told = {"shipment_code": shipment, "customer_code": customer, "sscc": pallet}
    guard_identity(transaction, lot=lot, confirmed=confirmed, **told)
    with order_known(lot["lot_code"]):
        return transaction.value(
            "write_shipment",
            shipment_code=shipment,
            lot_id=lot["lot_id"],
            customer_id=customer_id,
            quantity_kg=taken.kg,
            quantity=taken.quantity,
            unit=taken.unit,
            document=values.free_text(document, "document", longest=values.LONGEST_CODE),
            sscc=pallet,
            operator_id=by.user_id,
            happened_at=at,
            happened_until=until,
            expiry_reason=why_expired,
            from_place_id=place and place["place_id"],
        )
