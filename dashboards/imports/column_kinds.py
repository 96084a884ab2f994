"""Kinds of columns of an import's files: how a cell is read, and what may be missing.

Which file has which column is said in `columns`.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from dashboards.commands import values
from dashboards.commands.quantities import counted, unit_given
from dashboards.commands.reasons import reason_given
from dashboards.imports.readers import (
    Reader,
    number,
    text,
    time,
)

PLACES_OF_GATES = 1


class Kind(Enum):
    """What a column's cells are written as, where countries write it differently."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    FLOOR_TIME = "time, day or month"
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
TIME = Column(time, Kind.FLOOR_TIME, filled=True)
WEIGHT = Column(values.weight_kg, Kind.NUMBER)
MOVED = Column(values.moved_kg, Kind.NUMBER)
COUNTED = Column(counted, Kind.NUMBER, optional=True)
UNIT = Column(unit_given, optional=True)
MORE_CELSIUS = Column(values.temperature_c, Kind.NUMBER, optional=True)
MORE_WORD = Column(text(20))
DECISION = Column(text(20), filled=True)
MORE_GATE = Column(
    number(PLACES_OF_GATES, Decimal(0), Decimal("999.9")), Kind.NUMBER, optional=True
)
