"""The columns of movements.csv: what else happened to lots."""

from dashboards.imports.column_kinds import (
    CODE,
    COUNTED,
    MORE_CODE,
    MORE_TEXT,
    TIME,
    UNIT,
    WEIGHT,
    Column,
)
from dashboards.imports.readers import word
from sql.movements import MovementKind

MOVEMENTS = {
    "lot_code": CODE,
    "kind": Column(word(MovementKind), filled=True),
    "quantity_kg": WEIGHT,
    "quantity": COUNTED,
    "unit": UNIT,
    "happened_at": TIME,
    "reason": MORE_TEXT,
    "partner_code": MORE_CODE,
    "shipment_code": MORE_CODE,
    "place_code": MORE_CODE,
    "source_key": MORE_CODE,
}
