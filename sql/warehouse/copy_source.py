"""One snapshot of the record, read as Arrow for its copies. Nothing is written here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from adbc_driver_postgresql import dbapi

from sql.queries import RECORD_QUERIES, load_queries


class CopySource:
    """One snapshot of the record, over a connection that its owner closes."""

    def __init__(self, connection: dbapi.Connection) -> None:
        """Wrap a connection on which nothing was asked yet."""
        self._connection = connection
        self._queries = load_queries(RECORD_QUERIES)

    def begin(self) -> dict[str, Any]:
        """Take the snapshot and say of which moment it is."""
        with self._connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        return self.ask("record_as_of").to_pylist()[0]

    def continues(self, moment: dict[str, Any], since: dict[str, Any]) -> bool:
        """Tell whether this is the record that was copied before, gone on since."""
        same = ("cluster", "database")
        if any(moment[name] != since[name] for name in same):
            return False
        # The trail is a chain: the entry that ended it then vouches for all before it.
        ended = self.ask("trail_entry", since["audit_length"])["hash"].to_pylist()
        return (ended or [""])[0] == since["audit_head"]

    def ask(self, query: str, *parameters: Any) -> pa.Table:
        """Return the rows of a named query."""
        with self._connection.cursor() as cursor:
            cursor.execute(self._queries[query], parameters or None)
            return cursor.fetch_arrow_table()

    def ids(self, query: str) -> list[int]:
        """Return the only column of a named query; empty where there is no such query."""
        return self.ask(query).column(0).to_pylist() if query in self._queries else []

    def count(self, table: str) -> int:
        """Count the rows of a table as the record has them."""
        select = self._queries.get(f"{table}_count", f"select count(*) from {table}")
        with self._connection.cursor() as cursor:
            cursor.execute(select)
            counted = cursor.fetchone()
        return int(counted[0]) if counted else 0

    @contextmanager
    def rows(self, table: str, names: list[str], *, is_new: bool) -> Iterator[pa.RecordBatchReader]:
        """Stream the rows of a table for the block: all, or those written since the last copy."""
        select = f"select {', '.join(names)} from {table}"
        if is_new and (changed := self._queries.get(f"{table}_changed")):
            select += f" where {names[0]} in ({changed})"
        elif is_new:
            select += " where written_since_copy(row_xid)"
        with self._connection.cursor() as cursor:
            cursor.execute(select)
            yield cursor.fetch_record_batch()
