"""One column of a table: what type its values have, so that it sorts right, and how it is shown.

Times, days, ages and numbers stay what they are; the browser writes them out and sorts by their
magnitude. States become a mark and a word. What a table is drawn for is the screen's.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from streamlit import column_config

from dashboards.views.cell_words import CHIPS, shown
from dashboards.words import column_heading
from dashboards.words.suspects import CHANCE_HELP

_BARS = {"bad_share", "good_share", "suspicion"}
_CHANCES = {"chance", "corrected_chance"}
_MOMENTS = ("_at", "last_login")
_NUMBERS = ("_kg", "_c", "_count", "_ratio", "hours", "gate_number", "_share", *_CHANCES)
_DATE_FORMAT, _MOMENT_FORMAT = "YYYY-MM-DD", "YYYY-MM-DD HH:mm"


def heading(name: str) -> str:
    """Say what stands over a column; one without words of its own is called by its name."""
    return column_heading(name)


def typed_column(name: str, rows: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> pl.Series:
    """Return a column's values in the type that sorts them right.

    Times are moments in the site's zone, ages are hours, weights are kilograms. A column without a
    single value has the type its name says.
    """
    values = [shown(name, row, zone) for row in rows]
    dtype = _type_of(name, {type(value) for value in values if value is not None})
    if isinstance(dtype, pl.Datetime):
        in_utc = [None if moment is None else moment.astimezone(UTC) for moment in values]
        return pl.Series(name, in_utc, dtype).dt.convert_time_zone(zone.key)
    if dtype == pl.Float64:
        values = [None if value is None else float(value) for value in values]
    elif dtype == pl.String:
        values = [None if value is None else str(value) for value in values]
    return pl.Series(name, values, dtype)


def column_shown(name: str, zone: ZoneInfo, dtype: pl.DataType) -> Any:
    """Return how the browser shows a column: its heading, unit and format."""
    title = heading(name)
    if name in CHIPS:
        options, colours = zip(
            *((f"{mark} {word}", colour) for mark, word, colour in CHIPS[name].values()),
            strict=True,
        )
        return column_config.MultiselectColumn(title, options=options, color=colours)
    if isinstance(dtype, pl.Datetime):
        return column_config.DatetimeColumn(title, format=_MOMENT_FORMAT, timezone=zone.key)
    if dtype == pl.Date:
        return column_config.DateColumn(title, format=_DATE_FORMAT)
    if name in _BARS:
        return column_config.ProgressColumn(title, format="percent", min_value=0, max_value=1)
    if name in _CHANCES:
        return column_config.NumberColumn(title, format="1 in %,g", help=CHANCE_HELP)
    if name.endswith("hours"):
        return column_config.NumberColumn(title, format="%,.1f h")
    if name.endswith(("_kg", "_count")):
        return column_config.NumberColumn(title, format="localized")
    if name in ("share", "weight") or name.endswith("_ratio"):
        return column_config.NumberColumn(title, format="percent")
    return column_config.Column(title)


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
    return pl.List(pl.String()) if name in CHIPS else pl.String()
