"""What an import is handed: sheets of files, and the tables that they are understood as.

A file holds sheets, a CSV file one; a sheet whose headings are understood is a table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import polars as pl

from dashboards.commands.import_files import HEADER_LINE, Rejection

# Carries each row's line where blank lines or line breaks in cells make it differ from its place.
LINE = "#line"


@dataclass(frozen=True)
class Cells:
    """The rows below a header, as text: a frame whose columns are `0`, `1`, … and its lines.

    Attributes:
        frame: An empty cell is null.
        lines: Each row's line in its file.
        rejections: What is wrong with lines and cells.
        numbers: Places of the columns that hold true numbers only, whose sign needs no guess.
    """

    frame: pl.DataFrame
    lines: Sequence[int]
    rejections: Sequence[Rejection] = ()
    numbers: frozenset[int] = frozenset()


class Sheet(Protocol):
    """One sheet of a workbook, or a CSV file, opened and not yet understood."""

    @property
    def file(self) -> str:
        """The file's name."""
        ...

    @property
    def name(self) -> str:
        """What it is called after: the sheet, or the file without its ending."""
        ...

    @property
    def shown(self) -> str:
        """Where it is, for people: the file, and the sheet where there may be several."""
        ...

    @property
    def read_as(self) -> str:
        """How it was read, for people."""
        ...

    @property
    def is_hidden(self) -> bool:
        """Whether a workbook hides it."""
        ...

    @property
    def point(self) -> bool:
        """Whether its separator leaves only the point for decimals."""
        ...

    def first_rows(self, count: int) -> list[list[str | None]]:
        """Return its first rows, blank ones too."""
        ...

    def rows_below(self, row: int) -> int:
        """Count the rows below one of the first rows."""
        ...

    def line_of(self, row: int) -> int:
        """Return the line of one of the first rows."""
        ...

    def cells_below(self, row: int) -> Cells:
        """Read everything below one of the first rows, which is the header."""
        ...


@dataclass(frozen=True)
class Table:
    """A sheet that is understood: rows of one of the record's tables, as text.

    Attributes:
        stem: Which table.
        frame: Columns named as ours, and LINE; an empty cell is null.
        shown: Where it is, for people.
        headings: What our columns are called there.
        decimal: The sign before decimals, said by whoever imports.
        point: Where nothing else tells, a point is one.
        numbers: Columns that hold true numbers only.
        is_workbook: Its number columns may hold numbers and text.
    """

    stem: str
    frame: pl.DataFrame
    shown: str
    headings: Mapping[str, str] = field(default_factory=dict)
    decimal: str | None = None
    point: bool = True
    numbers: frozenset[str] = frozenset()
    is_workbook: bool = False

    def told(self, rejection: Rejection) -> Rejection:
        """Name the file and the column as whoever sent them does."""
        column = self.headings.get(rejection.column, rejection.column)
        return replace(rejection, file=self.shown, column=column)


def of_file(file: str, reason: str) -> Rejection:
    """Reject a file as a whole."""
    return Rejection(file, HEADER_LINE, "", None, reason)
