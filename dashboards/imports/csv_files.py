"""CSV files of any dialect: from bytes to a sheet of text, each row with its line.

What is wrong with a file as a file is told here: its rows' lengths, quotes never closed, bytes that
can't be read. What a cell means is never asked.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import PurePath

import polars as pl

from dashboards.commands.import_files import Rejection
from dashboards.imports.code_pages import CODE_PAGES, text_of, without_surrogates
from dashboards.imports.dialects import SEPARATORS, Dialect, dialect_of
from dashboards.imports.given import Cells
from dashboards.imports.reading import Reading, refuse_too_many


@dataclass
class CsvSheet:
    """A CSV file as a sheet; see `given.Sheet`."""

    file: str
    text: str
    code_page: str
    dialect: Dialect
    most_rows: int
    is_hidden: bool = field(default=False, init=False)

    @property
    def name(self) -> str:
        """Return the file's name without its ending."""
        return PurePath(self.file).stem

    @property
    def shown(self) -> str:
        """Return the file's name."""
        return self.file

    @property
    def point(self) -> bool:
        """Tell whether commas part cells, so that decimals have points."""
        return self.dialect.separator == ","

    @property
    def read_as(self) -> str:
        """Say the code page and the separator."""
        sign = self.dialect.separator
        page = CODE_PAGES.get(self.code_page, self.code_page)
        return f"{page}, separated by {SEPARATORS.get(sign, repr(sign))}"

    @cached_property
    def _rows(self) -> tuple[list[int], list[list[str]], list[Rejection]]:
        rejections: list[Rejection] = []
        numbered = list(self._numbered(rejections))
        return [line for line, _ in numbered], [row for _, row in numbered], rejections

    def first_rows(self, count: int) -> list[list[str | None]]:
        """Return the first rows; blank lines are none."""
        return [[without_surrogates(cell) or None for cell in row] for row in self._rows[1][:count]]

    def rows_below(self, row: int) -> int:
        """Count the rows below the header."""
        return max(len(self._rows[1]) - row - 1, 0)

    def line_of(self, row: int) -> int:
        """Return the line on which a row begins."""
        lines = self._rows[0]
        return lines[row] if row < len(lines) else 1

    def cells_below(self, row: int) -> Cells:
        """Read what is below the header; a line of another length is rejected.

        Raises:
            Unreadable: It has more rows than an import takes.
        """
        lines, rows, unreadable = self._rows
        refuse_too_many(len(rows), self.most_rows)
        width = _width(rows[row]) if row < len(rows) else 0
        rejections = list(unreadable)
        below, numbers = [], lines[row + 1 :]
        for number, cells in zip(numbers, rows[row + 1 :], strict=True):
            if len(cells) != width:
                if len(cells) < width or any(cells[width:]):
                    reason = f"has {len(cells)} cells; the header has {width}."
                    rejections.append(Rejection(self.file, number, "", None, reason))
                cells = (cells + [""] * width)[:width]
            below.append(cells)
        if not self.text.isascii():
            self._reject_unread(numbers, below, rejections)
        columns = zip(*below, strict=True) if below else [()] * width
        series = {
            str(place): pl.Series([cell or None for cell in column], dtype=pl.String)
            for place, column in enumerate(columns)
        }
        return Cells(pl.DataFrame(series), numbers, rejections)

    def _reject_unread(
        self, lines: list[int], rows: list[list[str]], rejections: list[Rejection]
    ) -> None:
        """Reject each cell with a byte that can't be read, and show such bytes as U+FFFD."""
        page = CODE_PAGES.get(self.code_page, self.code_page)
        for line, row in zip(lines, rows, strict=True):
            for place, cell in enumerate(row):
                if not cell.isascii() and (shown := without_surrogates(cell)) != cell:
                    reason = f"is not {page}. Save the file as CSV UTF-8."
                    rejections.append(Rejection(self.file, line, str(place), shown, reason))
                    row[place] = shown

    def _numbered(self, rejections: list[Rejection]) -> Iterator[tuple[int, list[str]]]:
        """Yield each row with the line it begins on; blank lines are passed over."""
        lines = io.StringIO(self.text, newline="")
        for _ in islice(lines, self.dialect.skipped):
            pass
        outer = "," if self.dialect.is_wrapped else self.dialect.separator
        reader = csv.reader(lines, delimiter=outer, strict=True)
        while True:
            begins = reader.line_num + 1 + self.dialect.skipped
            try:
                row = next(reader)
                if self.dialect.is_wrapped and row:
                    row = next(csv.reader(row, delimiter=self.dialect.separator, strict=True))
            except StopIteration:
                return
            except csv.Error as unreadable:
                reason = f"can't be read as CSV: {unreadable}."
                rejections.append(Rejection(self.file, begins, "", None, reason))
                continue
            if row:
                yield begins, row


def csv_sheet(file: str, raw: bytes, reading: Reading) -> CsvSheet:
    """Open a CSV file in whatever dialect it is written."""
    text, code_page = text_of(raw, reading.site_code_page, reading.code_page)
    dialect = dialect_of(text, reading.separator)
    return CsvSheet(file, text, code_page, dialect, reading.most_rows)


def _width(header: list[str]) -> int:
    """Count a header's cells but for empty ones at its end, which spreadsheets leave behind."""
    width = len(header)
    while width and not header[width - 1].strip():
        width -= 1
    return width
