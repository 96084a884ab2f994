"""A table of grains, shifted so that its columns add up to what their exact parts do.

Rows were rounded so that all of them add up; a column of them may then be some grains off. Here
single grains go from one cell to another, first within a row, then between two. The whole keeps its
sum, and each cell and each row stays its exact part, rounded down or up.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from sql.genealogy.grains import NOISE_DIGITS


@dataclass
class Row:
    """Grains and the exact parts that they were rounded from, a cell a column."""

    parts: Sequence[float]
    cells: list[int]
    whole: float = field(init=False)

    def __post_init__(self) -> None:
        self.whole = math.fsum(self.parts)

    def may_step(self, column: int, step: int) -> bool:
        """Tell whether a cell may go so many grains further."""
        return _is_rounded(self.cells[column] + step, self.parts[column])

    def may_grow(self, step: int) -> bool:
        """Tell whether the row may come to so many grains more."""
        return _is_rounded(sum(self.cells) + step, self.whole)

    def gain(self, column: int, step: int) -> float:
        """Say how much nearer to its part a step brings a cell."""
        off = self.parts[column] - self.cells[column]
        return abs(off) - abs(off - step)


def settle(rows: Sequence[Row], sums: Sequence[int | None]) -> None:
    """Shift grains until each column adds up to its sum, or nothing is left to shift.

    Args:
        rows: Their cells are changed in place.
        sums: What each column is to add up to, the most important first; None: to whatever the
            others leave over.
    """
    for column, wanted in enumerate(sums):
        for shift in (_within_rows, _between_rows):
            off = 0 if wanted is None else wanted - sum(row.cells[column] for row in rows)
            if off:
                shift(rows, column, 1 if off > 0 else -1, abs(off))


def _within_rows(rows: Sequence[Row], column: int, step: int, count: int) -> None:
    """Shift a grain in each of so many rows, where it brings the cells nearest to their parts."""
    found = []
    for row in rows:
        other = _best_other(row, column, step) if row.may_step(column, step) else None
        if other is not None:
            found.append((row.gain(column, step) + row.gain(other, -step), row, other))
    found.sort(key=lambda shift: -shift[0])
    for _gain, row, other in found[:count]:
        row.cells[column] += step
        row.cells[other] -= step


def _between_rows(rows: Sequence[Row], column: int, step: int, count: int) -> None:
    """Shift so many grains from a row to another one, each row once."""
    takes = [row for row in rows if row.may_step(column, step) and row.may_grow(step)]
    takes.sort(key=lambda row: -row.gain(column, step))
    takes = takes[:count]
    taken = set(map(id, takes))
    gives = []
    for row in rows:
        if id(row) not in taken and row.may_grow(-step):
            other = _best_other(row, column, step)
            if other is not None:
                gives.append((row.gain(other, -step), row, other))
    gives.sort(key=lambda shift: -shift[0])
    for row, (_gain, giving, other) in zip(takes, gives, strict=False):
        row.cells[column] += step
        giving.cells[other] -= step


def _best_other(row: Row, column: int, step: int) -> int | None:
    """Choose the later column that a grain may best be shifted against; None: there is none."""
    others = [at for at in range(column + 1, len(row.cells)) if row.may_step(at, -step)]
    return max(others, key=lambda at: row.gain(at, -step), default=None)


def _is_rounded(count: int, part: float) -> bool:
    """Tell whether a count of grains is a part, rounded down or up."""
    part = round(part, NOISE_DIGITS)
    return math.floor(part) <= count <= math.ceil(part)
