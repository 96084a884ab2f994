"""What a command answers as JSON that every reader takes: RFC 8259, to the last digit."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Write a value as JSON; letters of every language stay letters.

    Times are ISO 8601, those of a known zone in UTC and ending in Z; spans are ISO 8601 too.
    Decimals are numbers where a double holds every digit, else text. What is no number (NaN, an
    infinity) is null. Bytes are hexadecimal.
    """
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, indent=indent)


def _plain(value: Any) -> Any:
    """Return the value in what JSON has words for."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        # An enumeration's member is its text; half of a pair is no text at all.
        return str(value).encode(errors="replace").decode()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value)
    if isinstance(value, list | tuple | set):
        return [_plain(inner) for inner in value]
    return str(value)


def _number(value: Decimal) -> int | float | str | None:
    """Write a decimal as the number it is, or as text where a double would round it."""
    if not value.is_finite():
        return None
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else str(value)


def _moment(value: datetime | date | time | timedelta) -> str:
    """Write a time or a span as ISO 8601."""
    if isinstance(value, timedelta):
        seconds = Decimal(value // timedelta(microseconds=1)) / 1_000_000
        return f"{'-' if seconds < 0 else ''}PT{abs(seconds).normalize():f}S"
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat()
