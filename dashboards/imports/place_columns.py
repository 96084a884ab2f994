"""The columns of places.csv and moves.csv: where goods stand, and which lot went where."""

from dashboards.commands.yes_or_no import yes
from dashboards.imports.column_kinds import (
    CODE,
    COUNTED,
    MORE_CODE,
    MORE_SHORT_TEXT,
    MORE_TEXT,
    MOVED,
    NAME,
    TIME,
    UNIT,
    Column,
)

PLACES = {
    "place_code": CODE,
    "name": NAME,
    "kind": MORE_SHORT_TEXT,
    "site_code": MORE_CODE,
    "is_retired": Column(yes, optional=True, default=False),
}
MOVES = {
    "lot_code": CODE,
    "place_code": CODE,
    "from_place_code": MORE_CODE,
    "quantity_kg": MOVED,
    "quantity": COUNTED,
    "unit": UNIT,
    "happened_at": TIME,
    "reason": MORE_TEXT,
    "source_key": MORE_CODE,
}
