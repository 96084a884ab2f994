"""The columns of packings.csv: what was put into logistic units and taken out of them, in order."""

from dashboards.commands.packing_guards import unit_code
from dashboards.imports.column_kinds import MORE_CODE, MOVED, TIME, Column
from dashboards.imports.readers import word
from sql.packings import PackingKind

PACKINGS = {
    "sscc": Column(unit_code, filled=True),
    "kind": Column(word(PackingKind), optional=True, default=PackingKind.PACKED),
    "lot_code": MORE_CODE,
    "inner_sscc": Column(unit_code, optional=True),
    "quantity_kg": MOVED,
    "happened_at": TIME,
    "source_key": MORE_CODE,
}
