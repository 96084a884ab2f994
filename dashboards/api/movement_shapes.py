"""What the API answers about a movement: waste, a sample, a return, a count and the like."""

from datetime import datetime

from pydantic import BaseModel

from dashboards.api.fields import Number
from sql.record.transactions import Row


class Movement(BaseModel):
    """A movement as it was recorded."""

    id: int
    lot_id: int
    lot_code: str
    kind: str
    quantity_kg: Number | None
    quantity: Number | None = None
    unit: str | None = None
    reason: str | None
    partner_id: int | None
    shipment_id: int | None
    place_code: str | None = None
    operator_id: int | None
    happened_at: datetime
    happened_until: datetime | None = None
    created_at: datetime


def movement_shown(row: Row) -> Movement:
    """Write a movement as the API shows it."""
    return Movement(
        id=row["movement_id"],
        lot_id=row["lot_id"],
        lot_code=row["lot_code"],
        kind=row["kind"],
        quantity_kg=row["quantity_kg"],
        quantity=row["quantity"],
        unit=row["unit"],
        reason=row["reason"],
        partner_id=row["partner_id"],
        shipment_id=row["shipment_id"],
        place_code=row["place_code"],
        operator_id=row["operator_id"],
        happened_at=row["happened_at"],
        happened_until=row["happened_until"],
        created_at=row["recorded_at"],
    )
