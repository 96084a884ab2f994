"""The import folder's columns: which each file may have, and which reader reads its cells.

No file is opened here, no row is looked at as a whole, and nothing is known of what the record
holds.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from dashboards.commands import values
from dashboards.commands.master_kinds import LARGEST_TARGET_KG, roles
from dashboards.commands.reasons import reason_given
from dashboards.commands.results import result
from dashboards.imports.readers import (
    Reader,
    day,
    json_object,
    name_of_lot,
    number,
    text,
    time,
    word,
)
from sql.vocabulary import Decision, LotType, RunStatus

PLACES_OF_GATES = 1


class Kind(Enum):
    """What a column's cells are written as, where countries write it differently."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """How the cells of a column are read, and whether column and cells may be missing."""

    read: Reader
    kind: Kind = Kind.TEXT
    optional: bool = False
    filled: bool = False
    default: Any = None


CODE = Column(values.code, filled=True)
CODE_OR_NOTHING = Column(values.code)
MORE_CODE = Column(values.code, optional=True)
MORE_TEXT = Column(text(values.LONGEST_TEXT), optional=True)
MORE_REASON = Column(
    lambda cell, _field: reason_given(cell, "why the lot goes although it has expired"),
    optional=True,
)
MORE_SHORT_TEXT = Column(text(values.LONGEST_CODE), optional=True)
NAME = Column(text(values.LONGEST_TEXT), filled=True)
TIME = Column(time, Kind.TIME, filled=True)
WEIGHT = Column(values.weight_kg, Kind.NUMBER)
MOVED = Column(values.moved_kg, Kind.NUMBER)
MORE_CELSIUS = Column(values.temperature_c, Kind.NUMBER, optional=True)
MORE_GATE = Column(
    number(PLACES_OF_GATES, Decimal(0), Decimal("999.9")), Kind.NUMBER, optional=True
)
FILES: dict[str, dict[str, Column]] = {
    "products": {"product_code": CODE, "name": NAME, "gtin": MORE_SHORT_TEXT},
    "partners": {
        "partner_code": CODE,
        "name": NAME,
        "role": Column(roles, filled=True),
        "gln": MORE_SHORT_TEXT,
        "address": MORE_TEXT,
        "phone": MORE_TEXT,
        "email": MORE_TEXT,
    },
    "production_runs": {
        "run_code": CODE,
        "status": Column(word(RunStatus), optional=True, default=RunStatus.ACTIVE),
        "daily_target_kg": Column(
            number(values.KILOGRAM_PLACES, Decimal(0), LARGEST_TARGET_KG),
            Kind.NUMBER,
            optional=True,
        ),
        "started_at": Column(time, Kind.TIME, optional=True),
        "ended_at": Column(time, Kind.TIME, optional=True),
    },
    "lots": {
        "lot_code": Column(name_of_lot, filled=True),
        "lot_type": Column(word(LotType)),
        "product_code": CODE_OR_NOTHING,
        "weight_kg": WEIGHT,
        "happened_at": TIME,
        "supplier_code": MORE_CODE,
        "supplier_lot_code": Column(name_of_lot, optional=True),
        "run_code": MORE_CODE,
        "temperature_c": MORE_CELSIUS,
        "expires_on": Column(day, Kind.DAY, optional=True),
        "metadata": Column(json_object, optional=True, default="{}"),
    },
    "genealogy": {
        "parent_lot_code": CODE,
        "child_lot_code": CODE,
        "quantity_kg": MOVED,
        "happened_at": TIME,
        "source_key": MORE_CODE,
        "expiry_reason": MORE_REASON,
    },
    "readings": {
        "lot_code": CODE,
        "characteristic": CODE,
        "value": Column(result, Kind.NUMBER, filled=True),
        "unit": CODE_OR_NOTHING,
        "happened_at": TIME,
        "gate_number": MORE_GATE,
        "source_key": MORE_CODE,
    },
    "qc_decisions": {
        "lot_code": CODE,
        "decision": Column(word(Decision), filled=True),
        "happened_at": TIME,
        "gate_number": MORE_GATE,
        "notes": MORE_TEXT,
        "temperature_c": MORE_CELSIUS,
        "decided_by": MORE_TEXT,
        "source_key": MORE_CODE,
    },
    "shipments": {
        "shipment_code": CODE,
        "lot_code": CODE,
        "customer_code": CODE,
        "quantity_kg": MOVED,
        "happened_at": TIME,
        "document": MORE_SHORT_TEXT,
        "sscc": Column(text(40), optional=True),
        "source_key": MORE_CODE,
        "expiry_reason": MORE_REASON,
    },
}
