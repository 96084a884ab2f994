"""Withdraw a decision made in error; it stays readable, with who withdrew it, when and why."""

from datetime import datetime

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.floor_times import floor_time
from dashboards.commands.reasons import reason_given
from dashboards.commands.references import askable_id
from dashboards.commands.refusals import CorrectionRefused, NotFound
from dashboards.commands.signatures import Confirmation, sign
from dashboards.commands.wording import site_minute
from dashboards.commands.writing import begin_writing
from sql.record.transactions import Transaction
from sql.vocabulary import Meaning


def withdraw_decision(
    transaction: Transaction,
    *,
    by: Person,
    decision_id: int,
    reason: str,
    confirmation: Confirmation | None,
    happened_at: datetime | None = None,
) -> int:
    """Take a decision out of what is current, signed, and return the withdrawal's id.

    The decision before it at the same gate counts again, so a withdrawal may release a lot: it is
    signed like a release.

    Args:
        transaction: Open transaction; holds the write lock from here to its end.
        by: The signed-in person.
        decision_id: The decision made in error.
        reason: Why, 10 characters or more.
        confirmation: That the person has just given the password again.
        happened_at: When it was found to be wrong; None: now.

    Raises:
        NotPermitted: The role may not correct.
        BadValue: The reason is too short, or the time can't be taken.
        NotFound: No such decision.
        SignatureNeeded: The password was not given again.
        CorrectionRefused: It was withdrawn before; says by whom and when.
    """
    require(by, Action.CORRECT)
    why, at = reason_given(reason), floor_time(happened_at, by=by)
    begin_writing(transaction, by=by)
    decision = transaction.one("decision_to_withdraw", decision_id=askable_id(decision_id))
    if decision is None:
        raise NotFound("Decision", decision_id, field="decision_id")
    if decision["withdrawn_at"] is not None:
        raise CorrectionRefused(
            f"The {decision['decision']} of lot {decision['lot_code']} was withdrawn already, "
            f"{site_minute(decision['withdrawn_at'])} by {decision['withdrawn_by']}. "
            "Nothing is left to do.",
            field="decision_id",
        )
    withdrawal_id = transaction.value(
        "write_withdrawal",
        decision_id=decision["decision_id"],
        reason=why,
        operator_id=by.user_id,
        happened_at=at,
    )
    sign(
        transaction,
        by=by,
        confirmation=confirmation,
        meaning=Meaning.WITHDRAW,
        withdrawal_id=withdrawal_id,
        content={"decision_id": decision["decision_id"], "reason": why, "happened_at": at},
    )
    return withdrawal_id
