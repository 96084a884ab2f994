"""What is to be imported, as chosen on the import screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.commands.import_files import Rejection
from dashboards.imports.given import Sheet, Table, of_file
from dashboards.imports.mappings import ColumnMapping, TableMapping
from dashboards.imports.reading import Reading, Unreadable
from dashboards.imports.tables import Layout, table_of


@dataclass(frozen=True)
class Chosen:
    """What is to be imported: sheets with their layouts, read as said.

    Attributes:
        key: Of which files, read how; what is seen of others counts no more.
        reading: How they are read.
        sheets: The sheets that are tables.
        is_whole: They are all there is of their tables.
        sets_aside: What can't be taken is set aside.
    """

    key: tuple
    reading: Reading
    sheets: Sequence[tuple[Sheet, Layout]]
    is_whole: bool = False
    sets_aside: bool = False

    @property
    def fingerprint(self) -> str:
        """Tell it from any other choice."""
        sheets = [(sheet.shown, layout) for sheet, layout in self.sheets]
        return repr((self.key, sheets, self.is_whole, self.sets_aside))

    def mapping(self) -> ColumnMapping:
        """Return how these files are read, to be kept."""
        tables = {
            layout.stem: TableMapping(
                sheet.name,
                {column: layout.headings[at] or "" for column, at in layout.places.items()},
                layout.left_out,
            )
            for sheet, layout in self.sheets
            if layout.stem is not None
        }
        return ColumnMapping(tables, self.reading.decimal, self.reading.code_page)

    def tables(self) -> tuple[list[Table], list[Rejection], list[Rejection]]:
        """Read the chosen sheets; as `files.tables_of`."""
        tables, wrong, rejections = [], [], []
        for sheet, layout in self.sheets:
            try:
                table, found = table_of(sheet, layout, self.reading)
            except Unreadable as unreadable:
                wrong.append(of_file(sheet.shown, str(unreadable)))
                continue
            if table is None:
                wrong += found
            else:
                tables.append(table)
                rejections += found
        return tables, wrong, rejections
