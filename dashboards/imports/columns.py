"""The import folder's columns: which each file may have, and which reader reads its cells.

No file is opened here, and no row looked at as a whole; what the record holds is not known.
"""

from decimal import Decimal

from dashboards.commands import values
from dashboards.commands.master_kinds import LARGEST_TARGET_KG, kg_per_unit, roles, storage_class
from dashboards.commands.results import result
from dashboards.imports.column_kinds import (
    CODE,
    CODE_OR_NOTHING,
    COUNTED,
    DECISION,
    MORE_CELSIUS,
    MORE_CODE,
    MORE_GATE,
    MORE_REASON,
    MORE_SHORT_TEXT,
    MORE_TEXT,
    MORE_WORD,
    MOVED,
    NAME,
    TIME,
    UNIT,
    WEIGHT,
    Column,
    Kind,
)
from dashboards.imports.link_columns import LINKS
from dashboards.imports.movement_columns import MOVEMENTS
from dashboards.imports.packing_columns import PACKINGS
from dashboards.imports.place_columns import MOVES, PLACES
from dashboards.imports.production_columns import INPUTS, OUTPUTS, PRODUCTIONS
from dashboards.imports.readers import day, json_object, name_of_lot, number, text, time, word
from sql.vocabulary import RunStatus

FILES: dict[str, dict[str, Column]] = {
    "products": {
        "product_code": CODE,
        "name": NAME,
        "gtin": MORE_SHORT_TEXT,
        "unit": UNIT,
        "kg_per_unit": Column(kg_per_unit, Kind.NUMBER, optional=True),
        "storage_class": Column(storage_class, optional=True),
    },
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
    "places": PLACES,
    "lots": {
        "lot_code": Column(name_of_lot, filled=True),
        "lot_type": MORE_WORD,
        "product_code": CODE_OR_NOTHING,
        "weight_kg": WEIGHT,
        "quantity": COUNTED,
        "unit": UNIT,
        "happened_at": TIME,
        "supplier_code": MORE_CODE,
        "supplier_lot_code": Column(name_of_lot, optional=True),
        "printed_code": Column(name_of_lot, optional=True),
        "run_code": MORE_CODE,
        "place_code": MORE_CODE,
        "temperature_c": MORE_CELSIUS,
        "expires_on": Column(day, Kind.DAY, optional=True),
        "metadata": Column(json_object, optional=True, default="{}"),
        "source_key": MORE_CODE,
    },
    "productions": PRODUCTIONS,
    "production_inputs": INPUTS,
    "production_outputs": OUTPUTS,
    "genealogy": LINKS,
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
        "decision": DECISION,
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
        "quantity": COUNTED,
        "unit": UNIT,
        "happened_at": TIME,
        "document": MORE_SHORT_TEXT,
        "sscc": Column(text(40), optional=True),
        "from_place_code": MORE_CODE,
        "source_key": MORE_CODE,
        "expiry_reason": MORE_REASON,
    },
    "movements": MOVEMENTS,
    "packings": PACKINGS,
    "moves": MOVES,
}
