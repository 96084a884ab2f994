"""How a cell of the import folder is read: text, word, number, time, day, JSON object.

A reader returns the value as the record keeps it, or raises BadValue.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dashboards.commands import values
from dashboards.commands.label_guards import refuse_label
from dashboards.commands.metadata import as_object
from dashboards.commands.refusals import BadValue

Reader = Callable[[str, str], Any]


def text(longest: int) -> Reader:
    """Read free text of at most so many characters."""
    return lambda cell, field: values.free_text(cell, field, longest=longest)


def name_of_lot(cell: str, field: str) -> str:
    """Read the code that a lot is given; a label as it was scanned is none."""
    code = values.code(cell, field)
    refuse_label(code, field)
    return code


def word(words: type[StrEnum]) -> Reader:
    """Read one of the words that the record knows."""

    def read(cell: str, field: str) -> str:
        if cell not in set(words):
            raise BadValue(f"{field} must be one of {' '.join(words)}.", field=field)
        return cell

    return read


def number(places: int, lowest: Decimal, highest: Decimal) -> Reader:
    """Read a number with its bounds."""
    return lambda cell, field: values.number(
        cell, field, lowest=lowest, highest=highest, places=places
    )


def time(cell: str, field: str) -> datetime:
    """Read an ISO 8601 time that says its offset."""
    try:
        return values.moment(datetime.fromisoformat(cell), field)
    except (ValueError, OverflowError) as unreadable:
        raise BadValue(
            f"{field} must be a time with offset, such as 2026-03-09T06:30:00+01:00.", field=field
        ) from unreadable


def day(cell: str, field: str) -> date | None:
    """Read an ISO 8601 date, not before 1900."""
    try:
        return values.day(date.fromisoformat(cell), field)
    except ValueError as unreadable:
        raise BadValue(f"{field} must be a date such as 2026-03-09.", field=field) from unreadable


def json_object(cell: str, field: str) -> str:
    """Read a JSON object that PostgreSQL can keep, and return its text."""
    try:
        found = as_object(cell)
        if not isinstance(found, dict) or not all(map(_can_be_kept, _strings(found))):
            raise ValueError("no object, or text that can't be kept")
    except (ValueError, ArithmeticError, RecursionError) as unreadable:
        raise BadValue(
            f'{field} must be a JSON object such as {{"colour": "red"}}, each name once, without '
            "NaN, Infinity or U+0000.",
            field=field,
        ) from unreadable
    return cell


def _strings(found: Any) -> Iterator[str]:
    """Yield every string in a JSON value, names of fields included."""
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
