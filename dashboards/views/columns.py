"""How the browser shows one column of a table: its heading, its unit, how wide, how written.

The browser writes numbers out in its reader's language and sorts them by magnitude. What a table is
drawn for is the screen's.
"""

from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from streamlit import column_config

from dashboards.views.cell_words import CHIPS
from dashboards.views.column_types import Shape, places_shown, shape_of
from dashboards.words import column_heading
from dashboards.words.suspects import CHANCE_HELP
from sql.amounts import GRAM_PLACES

DAY_FORMAT, _MOMENT_FORMAT = "YYYY-MM-DD", "YYYY-MM-DD HH:mm"
# A column is as wide as its longest value, up to a bound; beyond it the cell opens on a click. Left
# to itself the browser measures the first rows only, and cuts a later day to its month.
_SIGN_WIDTH, _PADDING, _MOST_WIDTH = 7, 24, 300


def heading(name: str) -> str:
    """Say what stands over a column; one without words of its own is called by its name."""
    return column_heading(name)


def column_shown(column: pl.Series, zone: ZoneInfo, *, is_pinned: bool = False) -> Any:
    """Return how the browser shows a column: its heading, unit and format.

    A pinned one stays where it is while the others move along.
    """
    title = heading(column.name)
    pinned = is_pinned or None
    match shape_of(column.name, column.dtype):
        case Shape.STATES:
            options, colours = zip(
                *((f"{mark} {word}", colour) for mark, word, colour in CHIPS[column.name].values()),
                strict=True,
            )
            return column_config.MultiselectColumn(title, options=options, color=colours)
        case Shape.COLOUR:
            codes = column.explode().drop_nulls().unique(maintain_order=True).to_list()
            return column_config.MultiselectColumn(title, options=codes, color=codes)
        case Shape.MOMENT:
            return column_config.DatetimeColumn(
                title,
                width=_wide(title, len(_MOMENT_FORMAT)),
                format=_MOMENT_FORMAT,
                timezone=zone.key,
                pinned=pinned,
            )
        case Shape.DAY:
            width = _wide(title, len(DAY_FORMAT))
            return column_config.DateColumn(title, width=width, format=DAY_FORMAT, pinned=pinned)
        case Shape.BAR:
            return column_config.ProgressColumn(title, format="percent", min_value=0, max_value=1)
        case Shape.CHANCE:
            return column_config.NumberColumn(title, format="localized", help=CHANCE_HELP)
        case Shape.HOURS:
            return column_config.NumberColumn(title, format="localized", step=0.1)
        case Shape.MASS if (places := places_shown(column)) > GRAM_PLACES:
            width = _number_width(title, column)
            return column_config.NumberColumn(
                title, width=width, format="localized", step=10.0**-places
            )
        case Shape.NUMBER | Shape.MASS:
            width = _number_width(title, column)
            return column_config.NumberColumn(title, width=width, format="localized")
        case Shape.PART:
            return column_config.NumberColumn(title, format="percent")
        case Shape.TEXT:
            return column_config.TextColumn(title, width=_width(title, column), pinned=pinned)
        case _:
            return column_config.Column(title, pinned=pinned)


def width_needed(drawn: pl.DataFrame) -> int:
    """Return how many pixels wide a table is that shows all of its columns, about."""
    return sum(_width(heading(one.name), _as_text(one)) for one in drawn)


def _as_text(column: pl.Series) -> pl.Series:
    """Return about what stands in the cells of a column."""
    if isinstance(column.dtype, pl.List):
        return column.cast(pl.List(pl.String)).list.join(" ")
    if isinstance(column.dtype, pl.Datetime):
        return pl.Series([_MOMENT_FORMAT])
    return column.cast(pl.String, strict=False)


def _width(title: str, column: pl.Series) -> int:
    """Return how many pixels a text column needs."""
    longest = column.str.len_chars().max()
    return _wide(title, longest if isinstance(longest, int) else 0)


def _number_width(title: str, column: pl.Series) -> int:
    """Return how many pixels a column of numbers needs, with thousands apart."""
    known = column.drop_nulls().cast(pl.Float64)
    if known.is_empty():
        return _wide(title, 0)
    places = 0 if bool((known == known.round(0)).all()) else places_shown(known)
    ends: list[Any] = [known.min(), known.max()]
    return _wide(title, max(len(f"{end:,.{places}f}") for end in ends))


def _wide(title: str, signs: int) -> int:
    """Return the pixels of so many signs below a heading."""
    return min(_PADDING + _SIGN_WIDTH * max(len(title), signs), _MOST_WIDTH)
