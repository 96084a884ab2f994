"""Copies of the record's tables in the warehouse, all as of one moment.

Arrow batches stream from PostgreSQL into DuckDB, so memory stays flat however long a table is.
One REPEATABLE READ snapshot serves all tables: no link names a lot that was not copied. Where the
working file holds copies of the same record, only what was written since is copied; both ways
give the same tables, always.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from adbc_driver_postgresql import dbapi

from sql.queries import RECORD_QUERIES, load_queries
from sql.record.engine import Record
from sql.warehouse.models import copied_tables
from sql.warehouse.working_file import Warehouse

# A person's account is the only row that is written again; so few that all are read each time.
REWRITTEN = ("users",)


@dataclass(frozen=True)
class Copied:
    """One table's copy.

    Attributes:
        table: Its name, without schema.
        changed_count: Rows written into the copy in this run; None: the whole table was.
        rows_count: Rows the copy holds now.
        rows_in_record: Rows the record counts in the same snapshot.
    """

    table: str
    changed_count: int | None
    rows_count: int
    rows_in_record: int


def copy_record(
    record: Record, warehouse: Warehouse, since: dict[str, Any] | None = None
) -> Iterator[Copied]:
    """Bring the copy of every table to this moment, table by table.

    Args:
        record: The record in the pipeline's role.
        warehouse: Takes `raw.<table>`, in `edition.about` the moment copied: record_as_of (UTC),
            snapshot, cluster and database; and `relinked`, the lots whose ancestries may differ
            from before.
        since: What `edition.about` said when the copies that the file holds were made; None: there
            are none. Copies of another record, or of a trail that the record no longer holds, are
            made from nothing too.
    """
    with closing(dbapi.connect(record.driver_address())) as connection:
        source = _Source(connection)
        moment = source.begin()
        is_continued = since is not None and source.continues(moment, since)
        if is_continued:
            source.ask("copy_since", since["snapshot"])
        warehouse.relinked = source.ids("lots_relinked") if is_continued else None
        warehouse.describe_edition({"edition_id": "", "built_at": moment["record_as_of"], **moment})
        for table in copied_tables():
            copy = _copy_changes if is_continued else _copy_all
            changed_count = copy(source, warehouse, table)
            rows_count = warehouse.count(f"raw.{table}")
            yield Copied(table, changed_count, rows_count, source.count(table))


class _Source:
    """One snapshot of the record, read as Arrow."""

    def __init__(self, connection: dbapi.Connection) -> None:
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
        """Give the rows of a named query."""
        with self._connection.cursor() as cursor:
            cursor.execute(self._queries[query], parameters or None)
            return cursor.fetch_arrow_table()

    def ids(self, query: str) -> list[int]:
        """Give the only column of a named query; none where there is no such query."""
        return self.ask(query).column(0).to_pylist() if query in self._queries else []

    def count(self, table: str) -> int:
        """Count the rows of a table as the record has them."""
        select = self._queries.get(f"{table}_count", f"select count(*) from {table}")
        with self._connection.cursor() as cursor:
            cursor.execute(select)
            return cursor.fetchone()[0]

    def rows(self, table: str, names: list[str], *, is_new: bool) -> pa.RecordBatchReader:
        """Stream the rows of a table, all or those written since; read it before asking again."""
        select = f"select {', '.join(names)} from {table}"
        if is_new and (changed := self._queries.get(f"{table}_changed")):
            select += f" where {names[0]} in ({changed})"
        elif is_new:
            select += " where written_since_copy(row_xid)"
        self._cursor = self._connection.cursor()
        self._cursor.execute(select)
        return self._cursor.fetch_record_batch()

    def close_rows(self) -> None:
        """Give back what streamed the rows."""
        self._cursor.close()


def _copy_all(source: _Source, warehouse: Warehouse, table: str) -> None:
    """Replace a table by all its rows."""
    warehouse.load(table, source.rows(table, warehouse.columns_of(table), is_new=False))
    source.close_rows()


def _copy_changes(source: _Source, warehouse: Warehouse, table: str) -> int:
    """Write the rows of a table that are new or differ, and take out those that went."""
    gone = source.ids(f"{table}_gone")
    rows = source.rows(table, warehouse.columns_of(table), is_new=table not in REWRITTEN)
    changed_count = warehouse.refresh(table, rows, gone)
    source.close_rows()
    return changed_count
