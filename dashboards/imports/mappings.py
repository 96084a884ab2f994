"""Which of a file's columns is which of ours: found by name, or kept under a name by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboards.imports.columns import FILES
from dashboards.imports.headings import plain


@dataclass(frozen=True)
class TableMapping:
    """One table's columns, as they are called in the files it is for.

    Attributes:
        called: The sheet or file, without its ending; empty: any that is called after the table.
        columns: Our column to the heading it has there.
        left_out: Headings of columns that are not ours, left out on purpose.
    """

    called: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def places(self, headings: Sequence[str | None]) -> dict[str, int]:
        """Map our columns to the places of their headings, in whatever case they are written."""
        at = {plain(heading): place for place, heading in reversed([*enumerate(headings)])}
        exact = {heading: place for place, heading in reversed([*enumerate(headings)])}
        found = {
            name: exact.get(heading, at.get(plain(heading)))
            for name, heading in self.columns.items()
        }
        return {name: place for name, place in found.items() if place is not None}


@dataclass(frozen=True)
class ColumnMapping:
    """How a source's files are read, as one person found out for everybody.

    Attributes:
        tables: By our table; a source may have several sheets, each one table.
        decimal: The sign before decimals; None: found out.
        code_page: The code page; None: found out.
        left_out: Sheets that are no table, left out on purpose.
    """

    tables: Mapping[str, TableMapping] = field(default_factory=dict)
    decimal: str | None = None
    code_page: str | None = None
    left_out: frozenset[str] = frozenset()

    def stem_of(self, name: str) -> str | None:
        """Name the table that a sheet or file of this name is; None: not said here."""
        for stem, table in self.tables.items():
            if table.called and plain(table.called) == plain(name):
                return stem
        return None

    def as_json(self) -> dict[str, Any]:
        """Write it as the record keeps it."""
        return {
            "tables": {
                stem: {
                    "called": table.called,
                    "columns": dict(table.columns),
                    "left_out": sorted(table.left_out),
                }
                for stem, table in self.tables.items()
            },
            "decimal": self.decimal,
            "code_page": self.code_page,
            "left_out": sorted(self.left_out),
        }


def mapping_of(kept: Mapping[str, Any]) -> ColumnMapping:
    """Read a mapping as the record keeps it; columns that there are no more are passed over."""
    tables = {
        stem: TableMapping(
            called=table.get("called", ""),
            columns={
                name: heading for name, heading in table["columns"].items() if name in FILES[stem]
            },
            left_out=frozenset(table.get("left_out", ())),
        )
        for stem, table in kept.get("tables", {}).items()
        if stem in FILES
    }
    return ColumnMapping(
        tables, kept.get("decimal"), kept.get("code_page"), frozenset(kept.get("left_out", ()))
    )
