"""JSON as a hostile client writes it: what may be kept, and what can be echoed.

JSON may say NaN, U+0000, half a surrogate pair or a number of a thousand digits. PostgreSQL
can't keep those and UTF-8 can't carry some; here they become a plain 422.
"""

import math
import re
from typing import Any

DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DEEPEST = 32
MOST_KEYS = 1000
ECHOED_CHARACTERS = 200
ECHOED_ITEMS = 20
ECHOED_LEVELS = 3
CUT = "…"
SECRET = "***"
SECRET_FIELDS = frozenset({"password", "token"})


def printable(text: str) -> str:
    """Return the text, or refuse a character that can't be kept."""
    if not _is_keepable_text(text):
        raise ValueError("holds a character that can't be kept (U+0000 or half a surrogate pair)")
    return text


def written(value: Any) -> Any:
    """Refuse a date or time that is no ISO 8601 text; "0" would be taken for 1970."""
    if not (isinstance(value, str) and DATED.match(value)):
        raise ValueError("must be text, ISO 8601")
    return value


def keepable_object(given: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON object, or refuse what PostgreSQL's jsonb can't keep or JSON can't write."""
    holders: list[Any] = [given]
    key_count = 0
    for _depth in range(DEEPEST):
        key_count += sum(len(holder) for holder in holders if isinstance(holder, dict))
        if key_count > MOST_KEYS:
            raise ValueError(f"has more than {MOST_KEYS} keys")
        held = [value for holder in holders for value in _inside(holder)]
        if not all(_is_keepable_scalar(value) for value in held):
            raise ValueError("holds a number or character that can't be kept")
        holders = [value for value in held if isinstance(value, dict | list)]
        if not holders:
            return given
    raise ValueError(f"is nested more than {DEEPEST} levels deep")


def echo(value: Any, levels: int = ECHOED_LEVELS) -> Any:
    """Make a value fit for JSON and UTF-8: cut with … where long, passwords masked."""
    if isinstance(value, dict):
        if levels == 0:
            return CUT
        kept = list(value.items())[:ECHOED_ITEMS]
        shown = {
            str(echo(str(key))): SECRET if key in SECRET_FIELDS else echo(inner, levels - 1)
            for key, inner in kept
        }
        return shown | ({CUT: CUT} if len(value) > ECHOED_ITEMS else {})
    if isinstance(value, list | tuple):
        if levels == 0:
            return CUT
        shown_items = [echo(inner, levels - 1) for inner in value[:ECHOED_ITEMS]]
        return shown_items + ([CUT] if len(value) > ECHOED_ITEMS else [])
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and _is_keepable_scalar(value):
        return value
    text = str(value) if not isinstance(value, int) else hex(value)
    text = text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\u0000")
    return text if len(text) <= ECHOED_CHARACTERS else text[:ECHOED_CHARACTERS] + CUT


def _inside(value: Any) -> list[Any]:
    """List the keys and values inside an object or array; nothing for a scalar."""
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return list(value) if isinstance(value, list) else []


def _is_keepable_scalar(value: Any) -> bool:
    """Tell whether a scalar survives PostgreSQL and JSON; objects and arrays do by themselves."""
    if isinstance(value, str):
        return _is_keepable_text(value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return abs(value) < 2**1000
    return True


def _is_keepable_text(text: str) -> bool:
    """Tell whether UTF-8 and PostgreSQL can carry a text."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
