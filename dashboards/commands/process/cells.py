"""How the cells of a part are read, from a file's row or a form's fields: one reading for both."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from dashboards.commands import values
from dashboards.commands.process.parts import Kind, Part
from dashboards.commands.refusals import BadValue
from dashboards.commands.wording import site_zone
from dashboards.commands.yes_or_no import yes
from sql.process_words import StorageClass
from sql.vocabulary import Decision

LARGEST_BOUND = Decimal("999999999.999")
_TYPE = re.compile(r"[^\s,]{1,20}")
_COLOUR = re.compile(r"#[0-9a-f]{6}")

Read = Callable[[str, str], Any]


def read_part(
    kind: Kind, cells: Mapping[str, str], refuse: Callable[[str, str | None, str], None]
) -> Part | None:
    """Read a part's cells; None where one can't be taken.

    Args:
        kind: What kind of part it is.
        cells: What was written, by column; absent columns are empty.
        refuse: Told each column that can't be taken, what stands there, and why.
    """
    part: dict[str, Any] = {}
    is_sound = True
    for column in kind.columns:
        cell = cells.get(column, "").strip()
        try:
            part[column] = READERS.get(column, values.code)(cell, column) if cell else None
            if part[column] is None:
                part[column] = _empty(kind, column)
        except BadValue as bad:
            is_sound = False
            refuse(column, cell or None, str(bad))
    return part if is_sound else None


def storage_class(value: str | None, field: str) -> str | None:
    """Read how a product is kept; None: not said."""
    if value is not None and value not in set(StorageClass):
        raise BadValue(f"{field} must be one of {' '.join(StorageClass)}.", field=field)
    return value


def _empty(kind: Kind, column: str) -> Any:
    """Return what an empty cell means, or refuse it."""
    if (kind.name, column) == ("gates", "lot_types"):
        return ()
    if (kind.name, column) == ("limits", "unit"):
        return ""
    if column not in kind.optional:
        raise BadValue(f"{column} must not be empty.", field=column)
    return None


def _number(places: int, lowest: Decimal) -> Read:
    return lambda cell, column: values.number(
        cell, column, lowest=lowest, highest=LARGEST_BOUND, places=places
    )


def _whole(cell: str, column: str) -> int:
    number = values.number(cell, column, lowest=Decimal(0), highest=Decimal(999_999), places=0)
    return int(number or 0)


def _type(cell: str, column: str) -> str:
    if not _TYPE.fullmatch(cell):
        raise BadValue(f"{column} has 1 to 20 signs, without spaces and commas.", field=column)
    return values.code(cell, column)


def _own_word(cell: str, column: str) -> str:
    """Read a plant's own word for a decision."""
    if cell in set(Decision):
        raise BadValue(
            f"{column} {cell} is a decision of every plant. Name another word, or leave it out.",
            field=column,
        )
    return _type(cell, column)


def _colour(cell: str, column: str) -> str:
    if not _COLOUR.fullmatch(cell.lower()):
        raise BadValue(
            f"{column} must be # and two digits each for red, green and blue, such as #1d4ed8.",
            field=column,
        )
    return cell.lower()


def _types(cell: str, column: str) -> tuple[str, ...]:
    return tuple(_type(one, column) for one in re.split(r"[\s,]+", cell) if one)


def _moment(cell: str, column: str) -> datetime:
    """Read a day or a time; without an offset it is the site's."""
    try:
        found = datetime.fromisoformat(cell)
    except ValueError as unreadable:
        raise BadValue(
            f"{column} must be a day or a time, such as 2026-06-01 or 2026-06-01T06:00+02:00.",
            field=column,
        ) from unreadable
    return found if found.tzinfo is not None else found.replace(tzinfo=site_zone())


READERS: dict[str, Read] = {
    "lot_type": _type,
    "input_lot_type": _type,
    "lot_types": _types,
    "decision": _own_word,
    "position": _whole,
    "point": _whole,
    "phase_number": _whole,
    "gate_number": lambda cell, column: values.number(
        cell, column, lowest=Decimal(0), highest=Decimal("999.9"), places=1
    ),
    "lightest_kg": _number(6, Decimal(0)),
    "heaviest_kg": _number(6, Decimal(0)),
    "coldest_c": values.temperature_c,
    "warmest_c": values.temperature_c,
    "yield_tolerance_ratio": _number(4, Decimal(0)),
    "is_ccp": yes,
    "lower_bound": _number(3, -LARGEST_BOUND),
    "upper_bound": _number(3, -LARGEST_BOUND),
    "in_force_from": _moment,
    "in_force_until": _moment,
    "colour": _colour,
    "hours": _number(2, Decimal(0)),
    "value": _number(6, -LARGEST_BOUND),
    "text_en": values.free_text,
    "text_hu": values.free_text,
}
