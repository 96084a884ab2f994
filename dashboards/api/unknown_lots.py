"""What is said of a lot that is not in the record under its code or number, or no more."""

from dashboards.api.answers import LotUnknown
from sql.record.transactions import Transaction


def lot_unknown(
    snapshot: Transaction, *, lot_code: str | None = None, lot_id: int | None = None
) -> LotUnknown:
    """Return what to raise: no such lot, with its present code where it was renamed since."""
    return LotUnknown(snapshot.value("renamed_to", lot_code=lot_code, lot_id=lot_id))
