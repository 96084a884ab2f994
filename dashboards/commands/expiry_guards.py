"""Refuse to use or ship an expired lot, unless a manager says why; that is kept with the fact.

A guard reads and refuses; it never writes. What counts is the site's day on which it happened. Who
may give no reason can't choose an earlier day instead: for them the day of entry counts too.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from dashboards.commands.authority import Action, Person
from dashboards.commands.reasons import reason_given
from dashboards.commands.refusals import Refusal
from sql.record.transactions import Row, Transaction


def expiry_reason_given(
    transaction: Transaction,
    lot: Row,
    reason: str | None,
    *,
    by: Person,
    happened_at: datetime,
    refused: Callable[[str], Refusal],
    forbidden: str,
) -> str | None:
    """Return why an expired lot is used all the same; None for a lot that had not expired.

    Args:
        transaction: Open transaction that holds the write lock.
        lot: The lot to be used or shipped, with lot_id, lot_code and expires_on.
        reason: What the person gave as the reason.
        by: The signed-in person.
        happened_at: When it is used or shipped.
        refused: Makes the refusal from its text.
        forbidden: What the lot may not, such as `may not be used`.

    Raises:
        Refusal: It has expired, and no reason was given, or the role may not give one; or it has
            expired since that time, and the role may not enter that late.
        BadValue: The reason is too short.
    """
    if lot["expires_on"] is None:
        return None
    may_say_why = by.may(Action.LIFT_HOLD)
    judged_at = happened_at if may_say_why else max(happened_at, datetime.now(UTC))
    if not transaction.value("was_expired", lot_id=lot["lot_id"], moment=judged_at):
        return None
    if not (reason or "").strip() or not may_say_why:
        raise refused(
            f"Lot {lot['lot_code']} has expired: its last day was {lot['expires_on']}. It "
            f"{forbidden} unless a manager says why. Choose a lot that expires later. What "
            "happened before it expired is entered by a manager now."
        )
    return reason_given(reason, "why the lot goes although it has expired")
