"""Who got what left a lot: by code, or the supplier it came from."""

from dashboards.commands import values
from dashboards.commands.refusals import BadValue, NotFound
from sql.movements import MovementKind
from sql.record.transactions import Row, Transaction


def partner_of(
    transaction: Transaction, lot: Row, kind: MovementKind, partner_code: str | None
) -> int | None:
    """Find who got it; what is sent back without a name went to the lot's supplier."""
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
    return partner_id
