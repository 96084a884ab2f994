"""Workbooks, xlsx and ods: each sheet as text, formulas by their value, dates in ISO 8601.

A formula that is text stays text; nothing is computed here and no macro is run. What would be lost
in silence is refused: errors, formulas without a value, merged cells among the rows.
"""

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

import fastexcel
import polars as pl

from dashboards.commands.import_files import Rejection
from dashboards.imports.given import Cells
from dashboards.imports.reading import Reading, Unreadable, refuse_too_many
from dashboards.imports.workbook_guards import DAMAGED, refuse_what_is_no_workbook
from dashboards.imports.workbook_marks import Marks, marks_of

ERROR = "is an error of the spreadsheet, such as #DIV/0! or #N/A. Mend the formula."
# It warns of every empty column, of which an import makes nothing.
logging.getLogger("fastexcel").setLevel(logging.ERROR)
# A number as the file keeps it has 17 digits; a person typed and sees 15.
_LONG = r"^-?[0-9]*\.[0-9]{14,}$"

# What is wrong with an archive that opens: a part is lacking, XML ends too soon, or says that it is
# written in a way that nobody knows (LookupError) or of several bytes a sign (ValueError).
_BROKEN = (fastexcel.FastExcelError, ElementTree.ParseError, LookupError, ValueError)


@dataclass
class BookSheet:
    """One sheet of a workbook; see `given.Sheet`."""

    file: str
    name: str
    reader: fastexcel.ExcelReader
    marks: Marks
    most_rows: int
    point: bool = False

    @property
    def shown(self) -> str:
        """Return the file and the sheet."""
        return f"{self.file}, sheet {self.name}"

    @property
    def read_as(self) -> str:
        """Say which sheet it is."""
        return f"sheet {self.name} of a workbook"

    @cached_property
    def _loaded(self) -> tuple[Any, pl.DataFrame, list[fastexcel.CellError]]:
        try:
            sheet = self.reader.load_sheet(self.name, header_row=None, skip_rows=0, dtypes="string")
        except fastexcel.FastExcelError as broken:
            raise Unreadable(DAMAGED) from broken
        refuse_too_many(sheet.total_height, self.most_rows)
        if not sheet.width:
            return sheet, pl.DataFrame(), []
        batch, errors = sheet.to_arrow_with_errors()
        frame = pl.from_arrow(batch)
        assert isinstance(frame, pl.DataFrame)
        return sheet, frame, errors.errors if errors else []

    @property
    def is_hidden(self) -> bool:
        """Tell whether the workbook hides it."""
        return self._loaded[0].visible != "visible"

    def first_rows(self, count: int) -> list[list[str | None]]:
        """Return the first rows, blank ones too."""
        return [list(row) for row in self._loaded[1].head(count).iter_rows()]

    def rows_below(self, row: int) -> int:
        """Count the rows below the header, blank ones too."""
        return max(self._loaded[1].height - row - 1, 0)

    def line_of(self, row: int) -> int:
        """Return the sheet's own number of a row."""
        return row + 1

    def cells_below(self, row: int) -> Cells:
        """Read what is below the header; blank rows are none."""
        _, frame, errors = self._loaded
        below = frame.slice(row + 1).rename(
            {name: str(at) for at, name in enumerate(frame.columns)}
        )
        below = below.with_columns(pl.all().replace("", None))
        below = below.with_columns(
            pl.when(pl.col(name).str.contains(_LONG))
            .then(pl.col(name).map_elements(_as_seen, return_dtype=pl.String))
            .otherwise(pl.col(name))
            .alias(name)
            for name in below.columns
            if below[name].str.contains(_LONG).any()
        )
        numbered = below.with_row_index("#row", offset=row + 2)
        filled = numbered.filter(~pl.all_horizontal(pl.exclude("#row").is_null()))
        return Cells(
            filled.drop("#row"),
            filled["#row"].to_list(),
            [*self._errors(row, errors), *self._marked(row)],
            self._number_columns(row),
        )

    def _errors(self, header: int, errors: list[fastexcel.CellError]) -> list[Rejection]:
        """Reject the cells that are errors: their formula failed."""
        return [
            Rejection(self.shown, at + 1, str(place), None, ERROR)
            for at, place in (error.position for error in errors)
            if at > header
        ]

    def _marked(self, header: int) -> list[Rejection]:
        """Reject what the reader would take for an empty cell."""
        return [
            Rejection(self.shown, line, "", None, reason)
            for line, reason in self.marks.of(self.name)
            if line > header + 1
        ]

    def _number_columns(self, header: int) -> frozenset[int]:
        """Find the columns whose cells are all numbers."""
        sheet = self.reader.load_sheet(self.name, header_row=header)
        return frozenset(
            column.index for column in sheet.available_columns() if column.dtype in ("int", "float")
        )


def _as_seen(number: str) -> str:
    """Write a number with the 15 digits that a spreadsheet shows of it."""
    return f"{float(number):.15g}"


def book_sheets(file: str, raw: bytes, reading: Reading) -> list[BookSheet]:
    """Open a workbook; its sheets in their order, hidden ones too.

    Raises:
        Unreadable: It has a password or macros, would unpack to more than may be, or is broken.
    """
    refuse_what_is_no_workbook(raw, reading.expanded_bytes)
    try:
        marks = marks_of(raw)
        reader = fastexcel.read_excel(raw)
    except _BROKEN as broken:
        raise Unreadable(DAMAGED) from broken
    return [BookSheet(file, name, reader, marks, reading.most_rows) for name in reader.sheet_names]
