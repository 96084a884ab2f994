"""How tall a table is drawn, so that no row hides behind the bar that moves it sideways.

Left to itself a table takes the height of its rows. Where its columns are wider than the page, the
browser lays that bar over the last of them.
"""

from typing import Literal

import polars as pl

from dashboards.views.columns import width_needed

Height = int | Literal["auto", "content", "stretch"]
_ROW, _BORDER, _BAR = 35, 2, 18  # pixels
_ROWS_SHOWN = 10  # of a table that scrolls: its last row can be scrolled to
_PAGE = 720  # what a tablet leaves beside the navigation


def height_of(drawn: pl.DataFrame, asked: Height) -> Height:
    """Return how tall to draw a table: as it was asked for, without empty rows, the bar below.

    Args:
        drawn: What is drawn of it.
        asked: `content`: every row; `auto`: every row of a short one; pixels: no more than these.
    """
    rows = _ROW * (drawn.height + 1) + _BORDER
    is_short = rows <= asked if isinstance(asked, int) else drawn.height <= _ROWS_SHOWN
    if asked != "content" and (asked == "stretch" or not is_short):
        return asked
    return rows + _BAR if width_needed(drawn) > _PAGE else "content"
