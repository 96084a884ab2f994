"""A table as it stands on paper: every column, and its rows as text.

The browser draws a table's grid on a canvas, and a printer gets of it what happens to be in view.
So beside each grid stands the same table as plain HTML, which only paper shows.
"""

import html
from typing import Any

import polars as pl

from dashboards.reader.signs import number, trimmed
from dashboards.views.column_types import Shape, shape_of
from dashboards.views.columns import heading
from dashboards.words import PRINTED_FIRST, first_of
from sql.amounts import MILLIGRAM_PLACES

MOST_PRINTED = 500  # rows; more are a file's work
_TO_THE_RIGHT = {Shape.BAR, Shape.CHANCE, Shape.HOURS, Shape.MASS, Shape.NUMBER, Shape.PART}


def printed(frame: pl.DataFrame) -> str:
    """Write a table as HTML that only paper shows; where rows are left out, it says so."""
    shown = frame.head(MOST_PRINTED)
    columns = [_column(column, is_first=at == 0) for at, column in enumerate(shown)]
    heads = "".join(f"<th>{html.escape(heading(name))}</th>" for name in frame.columns)
    rows = "".join(f"<tr>{''.join(cells)}</tr>" for cells in zip(*columns, strict=True))
    said = ""
    if frame.height > MOST_PRINTED:
        first = first_of(MOST_PRINTED, frame.height)
        said = f"<caption>{PRINTED_FIRST.format(first=first)}</caption>"
    return (
        f'<table class="printed">{said}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _column(column: pl.Series, *, is_first: bool) -> list[str]:
    """Write the cells of one column; the first, days and numbers stay on one line."""
    shape = shape_of(column.name, column.dtype)
    how = "right" if shape in _TO_THE_RIGHT else ""
    if is_first or shape in (Shape.MOMENT, Shape.DAY):
        how = "whole"
    return [f'<td class="{how}">{html.escape(_said(shape, value))}</td>' for value in column]


def _said(shape: Shape, value: Any) -> str:
    """Write one value as the grid on the screen does."""
    if value is None:
        return "–"
    if isinstance(value, pl.Series):
        return ", ".join(value)
    match shape:
        case Shape.MOMENT:
            return f"{value:%Y-%m-%d %H:%M}"
        case Shape.BAR | Shape.PART:
            return f"{trimmed(100 * value, 2)}%"
        case Shape.HOURS:
            return number(value, ",.1f")
        case Shape.MASS:
            return trimmed(value, MILLIGRAM_PLACES)
        case Shape.CHANCE | Shape.NUMBER:
            return trimmed(value, 3)
        case _ if isinstance(value, float):
            return f"{value:g}"
        case _:
            return str(value)
