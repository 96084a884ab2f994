"""Rework a rejected lot, or split a held one: into a lot that starts on HOLD, signed by a manager.

What stops the lot stays as it is: it is never released first to be moved. The other lot stands on
HOLD, and is stopped by its origin besides, until a manager has looked at both.
"""

from datetime import datetime
from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.authority import Action, Person, require
from dashboards.commands.decisions import decide
from dashboards.commands.floor_times import floor_time, since_made
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.reasons import reason_given
from dashboards.commands.refusals import Cycle, LinkRefused, SelfLink
from dashboards.commands.signatures import Confirmation, sign
from dashboards.commands.taking_guards import require_left
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Row, Transaction
from sql.vocabulary import Decision, Meaning


def rework_lot(
    transaction: Transaction,
    *,
    by: Person,
    parent_lot_code: str,
    child_lot_code: str,
    quantity_kg: Decimal | float | str | None,
    reason: str,
    confirmation: Confirmation | None,
    happened_at: datetime | None = None,
) -> int:
    """Put some of a stopped lot into another, which stands on HOLD from then; return the link's id.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        parent_lot_code: The lot that is rejected or on HOLD.
        child_lot_code: The lot it goes into, registered before, of which nothing has left yet.
        quantity_kg: How much, kg; None: unknown.
        reason: Why, 10 characters or more.
        confirmation: That the person has just given the password again.
        happened_at: When it went in; None: now.

    Raises:
        NotPermitted: The role may not lift a HOLD or FAIL.
        BadValue: A value can't be taken.
        NotFound: A lot is unknown.
        SelfLink, Cycle, NotEnough: The link would break the genealogy.
        LinkRefused: Nothing stops the lot itself, or something of the other one has left already.
        SignatureNeeded: The password was not given again.
    """
    require(by, Action.LIFT_HOLD)
    quantity = values.moved_kg(quantity_kg, "quantity_kg")
    why, at = reason_given(reason, "why it is used"), floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    parent = known_lot(transaction, parent_lot_code, "parent_lot_code")
    child = known_lot(transaction, child_lot_code, "child_lot_code")
    _guard(transaction, parent, child)
    at = since_made(parent, at, is_given=happened_at is not None)
    require_left(transaction, parent, quantity, "quantity_kg", at=at)
    link_id = transaction.value(
        "write_rework",
        parent_lot_id=parent["lot_id"],
        child_lot_id=child["lot_id"],
        quantity_kg=quantity,
        operator_id=by.user_id,
        happened_at=at,
        expiry_reason=None if parent["expires_on"] is None else why,
        rework_reason=why,
    )
    if child["stopped_as"] is None:
        notes = f"Made from lot {parent['lot_code']}, which is stopped: {why}"
        decide(
            transaction,
            by=by,
            lot_code=child["lot_code"],
            decision=Decision.HOLD,
            notes=notes[: values.LONGEST_TEXT],
        )
    sign(
        transaction,
        by=by,
        confirmation=confirmation,
        meaning=Meaning.REWORK,
        link_id=link_id,
        content={
            "link_id": link_id,
            "parent_lot_id": parent["lot_id"],
            "child_lot_id": child["lot_id"],
            "quantity_kg": quantity,
            "rework_reason": why,
            "happened_at": at,
        },
    )
    return link_id


def _guard(transaction: Transaction, parent: Row, child: Row) -> None:
    """Refuse what is no rework: of a lot that isn't stopped, or into one that has gone on."""
    if parent["lot_id"] == child["lot_id"]:
        raise SelfLink(parent["lot_code"])
    if parent["stopped_as"] is None:
        raise LinkRefused(
            f"Lot {parent['lot_code']} is neither rejected nor on HOLD. Add it as a parent.",
            field="parent_lot_code",
            code="NOT_STOPPED",
        )
    if transaction.value("is_descendant", of_lot_id=child["lot_id"], lot_id=parent["lot_id"]):
        raise Cycle(parent["lot_code"], child["lot_code"])
    if transaction.value("has_gone_on", lot_id=child["lot_id"]):
        raise LinkRefused(
            f"Something of lot {child['lot_code']} has gone on already, so it can't start on HOLD. "
            "Register a new lot for the rework.",
            field="child_lot_code",
            code="GONE_ON",
        )
