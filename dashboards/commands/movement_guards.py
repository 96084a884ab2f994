"""What must hold before something is moved of a lot: what stops it, its last day, what was shipped.

A guard reads and refuses; it never writes. It is asked under the write lock. The rules are those of
`sql/domain.md, Movements`.
"""

from datetime import datetime
from decimal import Decimal

from dashboards.commands.authority import Action, Person, require
from dashboards.commands.expiry_guards import expiry_reason_given
from dashboards.commands.origin_guards import guard_origin
from dashboards.commands.refusals import (
    MovementRefused,
    Refusal,
)
from dashboards.commands.taking_guards import require_decided, require_released
from dashboards.commands.wording import stopped
from sql.movements import MovementKind
from sql.record.transactions import Row, Transaction

# What stops a lot doesn't keep it from being made away with, sent back, looked at or counted.
ALWAYS = frozenset(
    {
        MovementKind.DESTROYED,
        MovementKind.SENT_BACK,
        MovementKind.SAMPLE,
        MovementKind.COUNTED,
        MovementKind.RETURNED,
    }
)
# What goes to people, or changes what a lot may be used for, asks what using and shipping asks.
JUDGED = frozenset({MovementKind.DONATED, MovementKind.DOWNGRADED})
_WAY_OUT = (
    "Quality must release it first. A sample, a count, what is sent back and what is destroyed are "
    "taken at any time."
)
_FORBIDDEN = {
    MovementKind.WASTE: "may not be written off as waste",
    MovementKind.DONATED: "may not be given away",
    MovementKind.DOWNGRADED: "may not be downgraded",
}


def guard_stops(
    transaction: Transaction,
    lot: Row,
    kind: MovementKind,
    *,
    by: Person,
    at: datetime,
    reason: str | None,
    quantity_kg: Decimal | None,
) -> None:
    """Refuse what a stop, an origin, an age or a gate forbids of this kind of movement.

    Raises:
        NotPermitted: A stopped lot is destroyed by a manager.
        MovementRefused: The lot is on HOLD, rejected, stopped by its origin, expired, or not passed
            at its blocking gate; or what came back of it waits for a decision.
    """
    is_stopped = lot["stopped_as"] is not None or transaction.value(
        "is_stopped", lot_id=lot["lot_id"]
    )
    if kind == MovementKind.DESTROYED and is_stopped:
        require(by, Action.LIFT_HOLD)
    if kind in ALWAYS:
        return
    forbidden = _FORBIDDEN[kind]
    if lot["stopped_as"] is not None:
        raise MovementRefused(
            f"Lot {lot['lot_code']} is {stopped(lot['stopped_as'])} and {forbidden}. {_WAY_OUT}",
            field="kind",
            code="STOPPED",
        )
    guard_origin(transaction, lot, _stopped_by_origin, forbidden)
    if kind in JUDGED:
        expiry_reason_given(
            transaction,
            lot,
            reason,
            by=by,
            happened_at=at,
            refused=_expired,
            forbidden=forbidden,
        )
    if kind == MovementKind.DONATED:
        require_released(transaction, lot, MovementRefused)
        require_decided(lot, MovementRefused, quantity_kg)


def _stopped_by_origin(text: str) -> Refusal:
    """Refuse what the lot's origin forbids."""
    return MovementRefused(text, field="kind", code="STOPPED")


def _expired(text: str) -> Refusal:
    """Refuse what the lot's age forbids."""
    return MovementRefused(text, field="kind", code="EXPIRED")
