"""One open transaction of the record, spoken to in named queries.

No SQL stands here: queries are named and lie in `postgres/queries`. Who opens and commits is
`sql.record.engine`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError, IntegrityError

from sql.errors import RuleBroken
from sql.queries import RECORD_QUERIES, load_queries

Row = Mapping[str, Any]


class Transaction:
    """One open transaction; speaks in named queries and their parameters."""

    def __init__(self, connection: Connection) -> None:
        """Wrap a connection on which a transaction has begun."""
        self._connection = connection

    def all(self, query: str, **parameters: Any) -> list[Row]:
        """Give every row of a named query, as mappings from column to value."""
        result = self._run(query, parameters)
        names = tuple(result.keys())
        return [dict(zip(names, row, strict=True)) for row in result.all()]

    def one(self, query: str, **parameters: Any) -> Row | None:
        """Give the only row of a named query, or None where there is none."""
        return self._run(query, parameters).mappings().one_or_none()

    def value(self, query: str, **parameters: Any) -> Any:
        """Give the first column of the only row of a named query, or None."""
        return self._run(query, parameters).scalar_one_or_none()

    def run(self, query: str, **parameters: Any) -> int:
        """Run a named query for its effect and give how many rows it touched."""
        return self._run(query, parameters).rowcount

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Append many rows to a table in one stream.

        Raises:
            RuleBroken: A row breaks a named constraint; nothing of the stream is kept.
        """
        names = ", ".join(columns)
        driver = self._connection.connection.driver_connection
        try:
            with (
                driver.cursor() as cursor,
                cursor.copy(f"copy {table} ({names}) from stdin") as stream,
            ):
                for row in rows:
                    stream.write_row(row)
        except psycopg.IntegrityError as broken:
            raise RuleBroken(
                broken.diag.constraint_name or "", str(broken.diag.message_detail)
            ) from broken

    def _run(self, query: str, parameters: Mapping[str, Any]) -> Any:
        statement = text(load_queries(RECORD_QUERIES)[query])
        try:
            return self._connection.execute(statement, parameters)
        except (IntegrityError, DataError) as broken:
            constraint = broken.orig.diag.constraint_name
            if constraint is None:
                raise
            raise RuleBroken(constraint, str(broken.orig.diag.message_detail)) from broken
