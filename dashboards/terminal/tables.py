"""Rows as lines of a terminal: no code and no number is ever cut.

Where a row is wider than the terminal, it goes on below, indented, and so do the headings. Nothing
in a cell is taken for markup.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from rich.cells import cell_len

from dashboards.terminal.visible import visible
from sql.amounts import without_spare_zeros

GAP, INDENT = 2, 4

Lines = list[list[int]]


def table_lines(
    rows: Sequence[Mapping[str, Any]], names: Sequence[str], width: int | None
) -> Iterator[tuple[bool, str]]:
    """Write rows under their headings, and say of each line whether it is a heading.

    Args:
        rows: One mapping a row.
        names: The columns, in their order.
        width: How many columns of letters the terminal has; None: as many as it takes.
    """
    cells = [[_shown(row.get(name)) for name in names] for row in rows]
    heads = [visible(name) for name in names]
    widths = [max(cell_len(cell) for cell in column) for column in zip(heads, *cells, strict=True)]
    folded = _folded(widths, width)
    for number, row in enumerate([heads, *cells]):
        for at, columns in enumerate(folded):
            written = (" " * GAP).join(_padded(row[column], widths[column]) for column in columns)
            yield number == 0, (" " * INDENT if at else "") + written.rstrip()


def _folded(widths: Sequence[int], width: int | None) -> Lines:
    """Say which columns stand on a row's first line, its second, and so on."""
    lines: Lines = [[]]
    taken = 0
    for column, needed in enumerate(widths):
        if lines[-1] and width is not None and taken + GAP + needed > width:
            lines.append([])
        if lines[-1]:
            taken += GAP + needed
        else:
            taken = needed + (INDENT if len(lines) > 1 else 0)
        lines[-1].append(column)
    return lines


def _padded(cell: str, width: int) -> str:
    """Fill a cell up to its column's width."""
    return cell + " " * (width - cell_len(cell))


def _shown(value: Any) -> str:
    """Write a value as a person reads it: every digit of a number, an unknown one as nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, Decimal):
        return f"{without_spare_zeros(value):f}"
    if isinstance(value, list | tuple):
        return visible("; ".join(map(str, value)))
    return visible(str(value))
