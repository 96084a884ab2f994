"""Rows as they were sent: each as one text, whatever could be read of it."""

from collections.abc import Sequence

from dashboards.commands.import_files import HEADER_LINE
from dashboards.imports.given import LINE, Table


class Sent:
    """The rows of an import's tables, to be quoted."""

    def __init__(self, tables: Sequence[Table]) -> None:
        """Keep the tables; nothing is read before it is asked for."""
        self._tables = {table.stem: table for table in tables}
        self._places: dict[str, dict[int, int]] = {}

    def said(self, stem: str, line: int) -> str | None:
        """Return a row with its headings; None: there is no such row."""
        table = self._tables.get(stem)
        place = None if table is None else self._place(table, line)
        if table is None or place is None:
            return None
        row = table.frame.row(place, named=True)
        return "; ".join(
            f"{table.headings.get(name, name)}: {cell}"
            for name, cell in row.items()
            if name != LINE and cell is not None
        )

    def _place(self, table: Table, line: int) -> int | None:
        if LINE in table.frame.columns:
            if table.stem not in self._places:
                lines = table.frame[LINE].to_list()
                self._places[table.stem] = {int(one): place for place, one in enumerate(lines)}
            return self._places[table.stem].get(line)
        place = line - HEADER_LINE - 1
        return place if 0 <= place < table.frame.height else None
