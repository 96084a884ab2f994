"""Copies of the record's tables in the warehouse, all as of one moment.

Arrow batches stream from PostgreSQL into DuckDB, so memory stays flat however long a table is.
One REPEATABLE READ snapshot serves all tables: no link names a lot that was not copied.
"""

from collections.abc import Iterator
from contextlib import closing

from adbc_driver_postgresql import dbapi

from sql.models import copied_tables
from sql.queries import load_queries
from sql.record import QUERIES, Record
from sql.warehouse import Warehouse


def copy_record(record: Record, warehouse: Warehouse) -> Iterator[tuple[str, int, int]]:
    """Copy every table; gives its name, rows copied and rows the record counts, table by table.

    Args:
        record: The record in the pipeline's role.
        warehouse: Takes `raw.<table>` and, in `edition.about`, the moment copied: record_as_of
            (UTC), snapshot and cluster (what tells later changes from earlier ones).
    """
    with closing(dbapi.connect(record.driver_address())) as connection:
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute(load_queries(QUERIES)["record_as_of"])
            moment = cursor.fetch_arrow_table().to_pylist()[0]
        warehouse.describe_edition({"edition_id": "", "built_at": moment["record_as_of"], **moment})
        for table in copied_tables():
            names = ", ".join(warehouse.columns_of(table))
            with connection.cursor() as cursor:
                cursor.execute(f"select {names} from {table}")
                rows = warehouse.load(table, cursor.fetch_record_batch())
                cursor.execute(f"select count(*) from {table}")
                counted = cursor.fetchone()[0]
            yield table, rows, counted
