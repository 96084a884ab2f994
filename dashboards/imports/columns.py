"""The import folder's columns: which each file may have, and how a cell of one is read.

A reader gives the value as the record keeps it, or raises BadValue. No file is opened here, no
row is looked at as a whole, and nothing is known of what the record holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dashboards.commands import values
from dashboards.commands.metadata import as_object
from dashboards.commands.refusals import BadValue
from sql.vocabulary import Decision, LotType, PartnerRole, RunStatus

READING_PLACES = values.READING_PLACES
LARGEST_READING = Decimal("999999999999.999999")
LARGEST_TARGET_KG = Decimal("999999999.999")
PLACES_OF_GATES = 1

Reader = Callable[[str, str], Any]


@dataclass(frozen=True)
class Column:
    """How the cells of a column are read, and whether column and cells may be missing."""

    read: Reader
    optional: bool = False
    filled: bool = False
    default: Any = None


def _text(longest: int) -> Reader:
    """Read free text of at most so many characters."""
    return lambda cell, field: values.free_text(cell, field, longest=longest)


def _word(words: type[StrEnum]) -> Reader:
    """Read one of the words that the record knows."""

    def read(cell: str, field: str) -> str:
        if cell not in set(words):
            raise BadValue(f"{field} must be one of {' '.join(words)}.", field=field)
        return cell

    return read


def _number(places: int, lowest: Decimal, highest: Decimal) -> Reader:
    """Read a number with its bounds."""
    return lambda cell, field: values.number(
        cell, field, lowest=lowest, highest=highest, places=places
    )


def _time(cell: str, field: str) -> datetime:
    """Read an ISO 8601 time that says its offset."""
    try:
        return values.moment(datetime.fromisoformat(cell), field)
    except (ValueError, OverflowError) as unreadable:
        raise BadValue(
            f"{field} must be a time with offset, such as 2026-03-09T06:30:00+01:00.", field=field
        ) from unreadable


def _day(cell: str, field: str) -> date:
    """Read an ISO 8601 date."""
    try:
        return date.fromisoformat(cell)
    except ValueError as unreadable:
        raise BadValue(f"{field} must be a date such as 2026-03-09.", field=field) from unreadable


def _object(cell: str, field: str) -> str:
    """Read a JSON object and give its text, once it is sure that PostgreSQL can keep it."""
    try:
        found = as_object(cell)
        if not isinstance(found, dict) or not all(map(_can_be_kept, _strings(found))):
            raise ValueError("no object, or text that can't be kept")
    except (ValueError, ArithmeticError, RecursionError) as unreadable:
        raise BadValue(
            f'{field} must be a JSON object such as {{"colour": "red"}}, without NaN, Infinity '
            "or U+0000.",
            field=field,
        ) from unreadable
    return cell


def _strings(found: Any) -> Iterator[str]:
    """Give every string in a JSON value, names of fields included."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for name, value in found.items():
            yield name
            yield from _strings(value)
    elif isinstance(found, list):
        for value in found:
            yield from _strings(value)


def _can_be_kept(string: str) -> bool:
    """Tell whether PostgreSQL can keep a string: no U+0000, no half of a surrogate pair."""
    return "\0" not in string and not any("\ud800" <= letter <= "\udfff" for letter in string)


CODE = Column(values.code, filled=True)
CODE_OR_NOTHING = Column(values.code)
MORE_CODE = Column(values.code, optional=True)
MORE_TEXT = Column(_text(values.LONGEST_TEXT), optional=True)
MORE_SHORT_TEXT = Column(_text(values.LONGEST_CODE), optional=True)
NAME = Column(_text(values.LONGEST_TEXT), filled=True)
TIME = Column(_time, filled=True)
WEIGHT = Column(values.weight_kg)
MORE_CELSIUS = Column(values.temperature_c, optional=True)
MORE_GATE = Column(_number(PLACES_OF_GATES, Decimal(0), Decimal("999.9")), optional=True)

FILES: dict[str, dict[str, Column]] = {
    "products": {"product_code": CODE, "name": NAME, "gtin": MORE_SHORT_TEXT},
    "partners": {
        "partner_code": CODE,
        "name": NAME,
        "role": Column(_word(PartnerRole), filled=True),
        "gln": MORE_SHORT_TEXT,
        "address": MORE_TEXT,
        "phone": MORE_TEXT,
        "email": MORE_TEXT,
    },
    "production_runs": {
        "run_code": CODE,
        "status": Column(_word(RunStatus), optional=True, default=RunStatus.ACTIVE),
        "daily_target_kg": Column(
            _number(values.KILOGRAM_PLACES, Decimal(0), LARGEST_TARGET_KG), optional=True
        ),
        "started_at": Column(_time, optional=True),
        "ended_at": Column(_time, optional=True),
    },
    "lots": {
        "lot_code": CODE,
        "lot_type": Column(_word(LotType)),
        "product_code": CODE_OR_NOTHING,
        "weight_kg": WEIGHT,
        "happened_at": TIME,
        "supplier_code": MORE_CODE,
        "supplier_lot_code": MORE_SHORT_TEXT,
        "run_code": MORE_CODE,
        "temperature_c": MORE_CELSIUS,
        "expires_on": Column(_day, optional=True),
        "metadata": Column(_object, optional=True, default="{}"),
    },
    "genealogy": {
        "parent_lot_code": CODE,
        "child_lot_code": CODE,
        "quantity_kg": WEIGHT,
        "happened_at": TIME,
    },
    "readings": {
        "lot_code": CODE,
        "characteristic": CODE,
        "value": Column(_number(READING_PLACES, -LARGEST_READING, LARGEST_READING), filled=True),
        "unit": CODE,
        "happened_at": TIME,
        "gate_number": MORE_GATE,
    },
    "qc_decisions": {
        "lot_code": CODE,
        "decision": Column(_word(Decision), filled=True),
        "happened_at": TIME,
        "gate_number": MORE_GATE,
        "notes": MORE_TEXT,
        "temperature_c": MORE_CELSIUS,
        "decided_by": MORE_TEXT,
    },
    "shipments": {
        "shipment_code": CODE,
        "lot_code": CODE,
        "customer_code": CODE,
        "quantity_kg": WEIGHT,
        "happened_at": TIME,
        "document": MORE_SHORT_TEXT,
        "sscc": Column(_text(40), optional=True),
    },
}
