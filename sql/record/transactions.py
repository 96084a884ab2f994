"""One open transaction of the record, spoken to in named queries.

No SQL stands here: queries are named and lie in `postgres/queries`. Who opens and commits is
`sql.record.engine`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import psycopg

from sql.errors import RuleBroken, TextNotKept
from sql.record.pool import Opened
from sql.record.statements import copy_in, statement

Row = Mapping[str, Any]


class Transaction:
    """One open transaction; speaks in named queries and their parameters.

    Attributes:
        connection: The driver's own, for the modules of this folder that stream, or send several
            queries at once. Everybody else names a query.
    """

    def __init__(self, connection: Opened) -> None:
        """Wrap a connection; the first query begins the transaction."""
        self.connection = connection

    def all(self, query: str, **parameters: Any) -> list[Row]:
        """Return every row of a named query, as mappings from column to value."""
        return list(self._run(query, parameters).fetchall())

    def one(self, query: str, **parameters: Any) -> Row | None:
        """Return the only row of a named query, or None where there is none."""
        rows = self._run(query, parameters).fetchmany(2)
        if len(rows) > 1:
            raise ValueError(f"{query} was to find one row at most, and found more")
        return rows[0] if rows else None

    def value(self, query: str, **parameters: Any) -> Any:
        """Return the first column of the only row of a named query, or None."""
        row = self.one(query, **parameters)
        return next(iter(row.values())) if row else None

    def run(self, query: str, **parameters: Any) -> int:
        """Run a named query for its effect and return how many rows it touched."""
        return self._run(query, parameters).rowcount

    def stream(self, query: str) -> tuple[list[str], Iterator[Row]]:
        """Return the columns of a named query, and its rows one by one, however many they are."""
        cursor = self.connection.cursor(name=query)
        cursor.execute(statement(query))
        columns = [column.name for column in cursor.description or ()]

        def rows() -> Iterator[Row]:
            with cursor:
                yield from cursor

        return columns, rows()

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Append many rows to a table in one stream.

        Raises:
            RuleBroken: A row breaks a named constraint; nothing of the stream is kept.
        """
        into = copy_in(table, columns)
        try:
            with self.connection.cursor() as cursor, cursor.copy(into) as stream:
                for row in rows:
                    stream.write_row(row)
        except psycopg.IntegrityError as broken:
            raise _rule_broken(broken) from broken

    def _run(self, query: str, parameters: Row) -> psycopg.Cursor[dict[str, Any]]:
        try:
            return self.connection.execute(statement(query), parameters)
        except UnicodeEncodeError as unkept:
            raise TextNotKept from unkept  # half of a surrogate pair
        except (psycopg.IntegrityError, psycopg.DataError) as broken:
            if broken.diag.constraint_name is None:
                if broken.sqlstate is None and "NUL" in str(broken):
                    raise TextNotKept from broken  # the driver sends no U+0000
                raise
            raise _rule_broken(broken) from broken


def _rule_broken(fault: psycopg.Error) -> RuleBroken:
    """Name the rule that PostgreSQL says was broken."""
    return RuleBroken(fault.diag.constraint_name or "", str(fault.diag.message_detail))
