"""Who got what left a lot: by code, or the supplier it came from."""

from datetime import datetime

from dashboards.commands import values
from dashboards.commands.authority import Person
from dashboards.commands.refusals import BadValue, NotFound
from dashboards.commands.retired_guards import guard_partner
from sql.movements import MovementKind
from sql.record.transactions import Row, Transaction


def partner_of(
    transaction: Transaction,
    lot: Row,
    kind: MovementKind,
    partner_code: str | None,
    *,
    at: datetime,
    by: Person,
) -> int | None:
    """Find who got it; what is sent back without a name went to the lot's supplier.

    What came from a supplier goes back there, retired or not.

    Args:
        transaction: Open transaction.
        lot: The lot.
        kind: What happened to it.
        partner_code: Who got it; None: nobody says.
        at: When, or the first moment it may have been.
        by: The signed-in person.

    Raises:
        BadValue: Nobody is known to have got it, or the partner is retired.
        NotFound: No partner has the code.
    """
    if not partner_code:
        if kind != MovementKind.SENT_BACK:
            return None
        supplier_id = transaction.value("supplier_of_lot", lot_id=lot["lot_id"])
        if supplier_id is None:
            raise BadValue(
                f"Lot {lot['lot_code']} has no supplier on record. Name whom it is sent back to.",
                field="partner_code",
                code="EMPTY",
            )
        return supplier_id
    code = values.code(partner_code, "partner_code")
    partner_id = transaction.value("partner_id", code=code)
    if partner_id is None:
        raise NotFound("Partner", partner_code, field="partner_code")
    is_return = kind == MovementKind.SENT_BACK and partner_id == transaction.value(
        "supplier_of_lot", lot_id=lot["lot_id"]
    )
    if not is_return:
        guard_partner(transaction, partner_id, code, "partner_code", at=at, by=by)
    return partner_id
