"""The columns of productions.csv and of its two sides: what went in, and what came out."""

from dashboards.commands import values
from dashboards.imports.column_kinds import (
    CODE,
    CODE_OR_NOTHING,
    COUNTED,
    MORE_CODE,
    MORE_REASON,
    MORE_SHORT_TEXT,
    MOVED,
    TIME,
    UNIT,
    Column,
    Kind,
)
from dashboards.imports.readers import word
from sql.vocabulary import OutputKind

PRODUCTIONS = {
    "production_code": CODE,
    "happened_at": TIME,
    "run_code": MORE_CODE,
    "place": MORE_SHORT_TEXT,
    "waste_kg": Column(values.weight_kg, Kind.NUMBER, optional=True),
    "source_key": MORE_CODE,
}
INPUTS = {
    "production_code": CODE,
    "lot_code": CODE_OR_NOTHING,
    "quantity_kg": MOVED,
    "quantity": COUNTED,
    "unit": UNIT,
    "expiry_reason": MORE_REASON,
}
OUTPUTS = {
    "production_code": CODE,
    "lot_code": CODE,
    "quantity_kg": MOVED,
    "quantity": COUNTED,
    "unit": UNIT,
    "kind": Column(word(OutputKind), optional=True, default=OutputKind.MAIN),
}
