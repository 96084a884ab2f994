"""What type the values of a column have, so that a table sorts right, and how they are written.

Times, days, ages and numbers stay what they are; states become a mark and a word. How the browser
shows a column is for `dashboards.views.columns` to say, how paper does it for `printed`.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, auto
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from dashboards.views.cell_words import CHIPS, LISTED, shown
from sql.amounts import GRAM_PLACES, MILLIGRAM_PLACES
from sql.stretches import spelled_in

_BARS = {"bad_share", "good_share", "suspicion"}
_CHANCES = {"chance", "corrected_chance"}
_MOMENTS = ("_at", "last_login")
_NUMBERS = ("_kg", "_c", "_count", "_ratio", "hours", "gate_number", "_share", *_CHANCES)


class Shape(Enum):
    """How the values of a column are written."""

    STATES = auto()
    COLOUR = auto()
    MOMENT = auto()
    DAY = auto()
    BAR = auto()
    CHANCE = auto()
    HOURS = auto()
    NUMBER = auto()
    MASS = auto()
    PART = auto()
    TEXT = auto()
    AS_IT_IS = auto()


def shape_of(name: str, dtype: pl.DataType) -> Shape:
    """Say how a column's values are written: by its name, or else by their type."""
    by_name = {
        Shape.STATES: name in CHIPS,
        Shape.COLOUR: name == "colour",
        Shape.MOMENT: isinstance(dtype, pl.Datetime),
        Shape.DAY: dtype == pl.Date,
        Shape.BAR: name in _BARS,
        Shape.CHANCE: name in _CHANCES,
        Shape.HOURS: name.endswith("hours"),
        Shape.PART: name in ("share", "weight") or name.endswith("_ratio"),
        # A gate's number is its name: no thousands, and a point as on its door.
        Shape.AS_IT_IS: name == "gate_number",
        Shape.MASS: name.endswith(("_kg", "kg_per_unit", "quantity")) and dtype == pl.Float64,
        Shape.NUMBER: dtype == pl.Float64 or name.endswith("_count"),
        Shape.TEXT: dtype == pl.String,
    }
    return next((shape for shape, is_so in by_name.items() if is_so), Shape.AS_IT_IS)


def typed_column(name: str, rows: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> pl.Series:
    """Return a column's values in the type that sorts them right.

    Times are moments in the site's zone, ages are hours, weights are kilograms. A column without a
    single value has the type its name says. Where a time is known by the day or month only, the
    whole column is text, which sorts alike.
    """
    values: list[Any] = [shown(name, row, zone) for row in rows]
    spelled = [spelled_in(row, name, zone) for row in rows] if name.endswith("_at") else ()
    if any(spelled):
        values = [one or local(value, zone) for one, value in zip(spelled, values, strict=True)]
    dtype = _type_of(name, {type(value) for value in values if value is not None})
    if isinstance(dtype, pl.Datetime):
        in_utc = [None if moment is None else moment.astimezone(UTC) for moment in values]
        return pl.Series(name, in_utc, dtype).dt.convert_time_zone(zone.key)
    if dtype == pl.Float64:
        values = [None if value is None else _as_double(name, value) for value in values]
    elif dtype == pl.String:
        values = [None if value is None else str(value) for value in values]
    return pl.Series(name, values, dtype)


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    """Say a moment as the site's clock shows it."""
    return "–" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def places_shown(column: pl.Series) -> int:
    """Say how many places the kilograms of a column need: three, or as many as they were given."""
    return next(
        places
        for places in range(GRAM_PLACES, MILLIGRAM_PLACES + 1)
        if places == MILLIGRAM_PLACES or bool((column == column.round(places)).all())
    )


def _as_double(name: str, value: Decimal | float) -> float:
    """Return a number as a double; kilograms that were computed as one are known to the gram."""
    if isinstance(value, float) and name.endswith("_kg"):
        return round(value, GRAM_PLACES)
    return float(value)


def _type_of(name: str, found: set[type]) -> pl.DataType:
    """Choose a column's type by what is in it, or by its name where nothing is.

    A moment is a date too, and a truth a number: hence the order.
    """
    if not found:
        return _type_by_name(name)
    for python, dtype in (
        (datetime, pl.Datetime("us", "UTC")),
        (date, pl.Date()),
        (bool, pl.Boolean()),
        (int, pl.Int64()),
        ((int, float, Decimal), pl.Float64()),
        ((list, tuple), pl.List(pl.String())),
    ):
        if all(issubclass(one, python) for one in found):
            return dtype
    return pl.String()


def _type_by_name(name: str) -> pl.DataType:
    """Choose the type of a column in which nothing is known."""
    for endings, dtype in (
        (_MOMENTS, pl.Datetime("us", "UTC")),
        (("_on", "_day"), pl.Date()),
        (_NUMBERS, pl.Float64()),
    ):
        if name.endswith(tuple(endings)):
            return dtype
    return pl.List(pl.String()) if name in LISTED else pl.String()
