"""The columns of packings.csv: what was put into logistic units and taken out of them, in order."""

from dashboards.commands.packing_guards import unit_code
from dashboards.imports.column_kinds import COUNTED, MORE_CODE, MOVED, UNIT, Column, Kind
from dashboards.imports.readers import time, word
from sql.packings import PackingKind

PACKINGS = {
    "sscc": Column(unit_code, filled=True),
    "kind": Column(word(PackingKind), optional=True, default=PackingKind.PACKED),
    "lot_code": MORE_CODE,
    "inner_sscc": Column(unit_code, optional=True),
    "quantity_kg": MOVED,
    "quantity": COUNTED,
    "unit": UNIT,
    # What is in a unit follows from the order: a day would not tell it.
    "happened_at": Column(time, Kind.TIME, filled=True),
    "source_key": MORE_CODE,
}
