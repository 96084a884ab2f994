"""Say which lot went into which, and take back a link that never was."""

from datetime import datetime
from decimal import Decimal

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.expiry_guards import expiry_reason_given
from dashboards.commands.floor_times import floor_stretch, since_made
from dashboards.commands.known_order import order_known
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.origin_guards import guard_origin
from dashboards.commands.plausible import require_plausible
from dashboards.commands.quantities import quantity_given
from dashboards.commands.refusals import (
    Cycle,
    LinkRefused,
    ParentExpired,
    ParentNotUsable,
    ParentStopped,
    SelfLink,
)
from dashboards.commands.taking_guards import require_decided, require_left, require_units_left
from dashboards.commands.weighed import part_of
from dashboards.commands.wording import site_time_of
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction
from sql.stretches import Stretch


def link_lots(
    transaction: Transaction,
    *,
    by: Person,
    parent_lot_code: str,
    child_lot_code: str,
    quantity_kg: Decimal | float | str | None = None,
    quantity: Decimal | float | str | None = None,
    unit: str | None = None,
    happened_at: datetime | Stretch | None = None,
    expiry_reason: str | None = None,
) -> int:
    """Record that so much of one lot went into another, and return the link's id.

    It is said in kilograms, in the parent's own unit (`quantity` and `unit`), or in both.

    Raises:
        NotPermitted: The role may not link lots.
        BadValue: The quantity is no weight, or 0 kg, or the time can't be taken, or it lies before
            the parent came to be. A child may come to be after the first of it went in.
        NotFound: A lot is unknown.
        SelfLink, Cycle, NotEnough, ParentNotUsable, ParentStopped: The link would break the
            genealogy, or quality or the parent's origin forbids it.
        LinkRefused: What came back of the parent waits for a decision.
        ParentExpired: The parent has expired, and no manager said why it is used.
    """
    require(by, Action.WRITE_LOTS)
    given = quantity_given(quantity_kg, quantity, unit, kg_field="quantity_kg", is_moved=True)
    at, until = floor_stretch(happened_at, by=by)
    begin_writing(transaction, by=by)
    parent = known_lot(transaction, parent_lot_code, "parent_lot_code")
    child = known_lot(transaction, child_lot_code, "child_lot_code")
    if parent["lot_id"] == child["lot_id"]:
        raise SelfLink(parent["lot_code"])
    taken = part_of(parent, given)
    require_plausible(taken.kg, "quantity_kg", None, parent["heaviest_kg"])
    at, why_expired = guard_use(
        transaction,
        parent,
        by=by,
        at=at,
        is_given=happened_at is not None,
        expiry_reason=expiry_reason,
        quantity=taken.kg,
        until=until,
    )
    require_units_left(transaction, parent, taken, at=at)
    if transaction.value("is_descendant", of_lot_id=child["lot_id"], lot_id=parent["lot_id"]):
        raise Cycle(parent["lot_code"], child["lot_code"])
    with order_known(parent["lot_code"]):
        return transaction.value(
            "write_link",
            parent_lot_id=parent["lot_id"],
            child_lot_id=child["lot_id"],
            quantity_kg=taken.kg,
            quantity=taken.quantity,
            unit=taken.unit,
            operator_id=by.user_id,
            happened_at=at,
            happened_until=until,
            expiry_reason=why_expired,
        )


def guard_use(
    transaction: Transaction,
    parent: Row,
    *,
    by: Person,
    at: datetime,
    is_given: bool,
    expiry_reason: str | None,
    quantity: Decimal | None,
    until: datetime | None = None,
) -> tuple[datetime, str | None]:
    """Refuse a lot that may not go into another; return when it goes, and why although expired.

    Args:
        transaction: Open transaction that holds the write lock.
        parent: The lot to be used, as `known_lot` returns it.
        by: The signed-in person.
        at: When it goes in, in UTC.
        is_given: Whether somebody gave that time.
        expiry_reason: What a manager gave as the reason for using it expired.
        quantity: Kilograms that go in; None: unknown.
        until: Of a time known by the day or month, its end.

    Raises:
        BadValue: The time lies before the lot came to be, or the reason is too short.
        ParentNotUsable, ParentStopped: Quality or the lot's origin forbids it.
        ParentExpired: It has expired, and no manager said why it is used.
        NotEnough: It has less left.
        LinkRefused: What came back of it waits for a decision.
    """
    at = since_made(parent, at, is_given=is_given, until=until)
    if parent["stopped_as"] is not None:
        raise ParentNotUsable(
            parent["lot_code"], parent["stopped_as"], _since(transaction, parent["lot_id"])
        )
    guard_origin(transaction, parent, ParentStopped, "may not be used")
    why_expired = expiry_reason_given(
        transaction,
        parent,
        expiry_reason,
        by=by,
        happened_at=at,
        refused=ParentExpired,
        forbidden="may not be used",
    )
    require_left(transaction, parent, quantity, "quantity_kg", at=at)
    require_decided(parent, LinkRefused, quantity)
    return at, why_expired


def _since(transaction: Transaction, lot_id: int) -> str:
    """Say when and by whom a lot was put on HOLD or rejected."""
    stop = transaction.one("what_stops", lot_id=lot_id)
    if stop is None:
        return ""
    return f" since {site_time_of(stop)} ({stop['decided_by'] or 'an import'})"
