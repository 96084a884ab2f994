"""Assess a lot that its origin stops: a manager decides, signed, that it may be used all the same.

An assessment covers the very decisions that stood against the lot when it was made, each HOLD or
FAIL by its id. A later decision, a repeated one too, or one that a new link brings, stops the lot
again. Only this lot is assessed: what is made from it has the same origin, and an assessment of its
own.
"""

from collections.abc import Collection
from datetime import datetime

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.floor_times import floor_time, since_made
from dashboards.commands.lot_guards import known_lot
from dashboards.commands.reasons import reason_given
from dashboards.commands.refusals import DecisionRefused
from dashboards.commands.signatures import Confirmation, sign
from dashboards.commands.writing import begin_writing
from sql.genealogy.origin_stops import not_assessed, stops_by_origin
from sql.record.transactions import Transaction
from sql.vocabulary import Meaning


def assess_origin(
    transaction: Transaction,
    *,
    by: Person,
    lot_code: str,
    decision_ids: Collection[int],
    reason: str,
    confirmation: Confirmation | None,
    happened_at: datetime | None = None,
) -> int:
    """Lift what stops a lot by its origin, signed, and return the assessment's id.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        lot_code: The lot assessed.
        decision_ids: Every HOLD and FAIL that stopped the lot as the person saw it.
        reason: Why it may be used and shipped, 10 characters or more.
        confirmation: That the person has just given the password again.
        happened_at: When it was assessed; None: now.

    Raises:
        NotPermitted: The role may not lift a HOLD or FAIL.
        BadValue: The reason is too short, or the time can't be taken or lies before the lot came
            to be.
        NotFound: The lot is unknown.
        DecisionRefused: Nothing stops the lot, or something else than the person saw.
        SignatureNeeded: The password was not given again.
    """
    require(by, Action.LIFT_HOLD)
    why, at = reason_given(reason, "why the lot may go"), floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    lot = known_lot(transaction, lot_code, "lot_code")
    at = since_made(lot, at, is_given=happened_at is not None)
    standing = {stop["decision_id"] for stop in not_assessed(stops_by_origin(transaction, lot))}
    if not standing:
        raise DecisionRefused(
            f"Nothing stops lot {lot['lot_code']} by its origin. Nothing is left to assess.",
            field="lot_code",
            code="NOT_STOPPED",
        )
    if standing != set(decision_ids):
        raise DecisionRefused(
            f"What stops lot {lot['lot_code']} has changed since you looked. Nothing was saved. "
            "Look at it again, then assess.",
            field="lot_code",
            code="STOPS_CHANGED",
        )
    covered = sorted(standing)
    assessment_id = transaction.value(
        "write_assessment",
        lot_id=lot["lot_id"],
        decision_ids=covered,
        reason=why,
        operator_id=by.user_id,
        happened_at=at,
    )
    sign(
        transaction,
        by=by,
        confirmation=confirmation,
        meaning=Meaning.ASSESS,
        assessment_id=assessment_id,
        content={
            "lot_id": lot["lot_id"],
            "decision_ids": covered,
            "reason": why,
            "happened_at": at,
        },
    )
    return assessment_id
