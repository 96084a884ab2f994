"""Writes copied tables into the working file: whole, or only the rows that differ.

Each table in one transaction. Where the rows come from is not here (`copies`).
"""

from collections.abc import Sequence

import polars as pl
import pyarrow as pa

from sql.warehouse.changes import CopiedTable
from sql.warehouse.copied_tables import copy_script, declared_columns
from sql.warehouse.working_file import Warehouse

TOUCHED = pa.schema([("table_name", pa.string()), ("lot_id", pa.int64())])


def load_copy(warehouse: Warehouse, table: str, rows: pa.RecordBatchReader) -> int:
    """Replace `raw.<table>` by these rows, cast to its declared types; returns their count."""
    _summary, script = copy_script(table)
    names = ", ".join(rows.schema.names)
    with warehouse.incoming(rows), warehouse.whole():
        warehouse.connection.execute(script)
        warehouse.connection.execute(
            f"insert into raw.{table} ({names}) select {names} from incoming"
        )
    return warehouse.count(f"raw.{table}")


def refresh_copy(
    warehouse: Warehouse, table: str, rows: pa.RecordBatchReader, gone: Sequence[int]
) -> tuple[pa.Table, pa.Table]:
    """Put these rows in the place of those of `raw.<table>` with the same key.

    Args:
        warehouse: The working file.
        table: A copied table that was loaded before; its first column is its key.
        rows: Rows that may be new or differ.
        gone: Keys of rows to take out.

    Returns:
        The rows that were new or differed; and, as `Changes.touched_lots`, the lots that these are
        about and those that they replaced or that went.
    """
    types = declared_columns(table)
    key, names = next(iter(types)), ", ".join(types)
    cast = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in types.items())
    connection = warehouse.connection
    with warehouse.incoming(rows.read_all()):
        fresh = connection.sql(
            f"select {cast} from incoming except select {names} from raw.{table}"
            f" where {key} in (select {key} from incoming)"
        ).to_arrow_table()
    if not fresh.num_rows and not gone:
        return fresh, TOUCHED.empty_table()
    replaced = (
        f"from raw.{table} where {key} in (select {key} from incoming)"
        f" or {key} in (select unnest($gone::bigint []))"
    )
    with warehouse.incoming(fresh), warehouse.whole():
        touched = _touched(warehouse, table, replaced, gone)
        connection.execute(f"delete {replaced}", {"gone": gone})
        connection.execute(f"insert into raw.{table} from incoming")
    return fresh, touched


def replace_copy(warehouse: Warehouse, table: str, rows: pa.RecordBatchReader) -> pa.Table | None:
    """Replace `raw.<table>` by these rows where they differ from it.

    Returns:
        No rows where they don't differ; None where all were written.
    """
    types = declared_columns(table)
    names = ", ".join(types)
    cast = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in types.items())
    found = rows.read_all()
    with warehouse.incoming(found):
        differing = warehouse.connection.sql(
            f"(select {cast} from incoming except all select {names} from raw.{table})"
            f" union all (select {names} from raw.{table} except all select {cast} from incoming)"
        ).to_arrow_table()
    if not differing.num_rows:
        return differing
    load_copy(warehouse, table, found.to_reader())
    return None


def written_rows(
    warehouse: Warehouse, copied: CopiedTable, columns: Sequence[str], unique: Sequence[str]
) -> pl.DataFrame:
    """Return these columns of the rows that a copy wrote; of one copied whole: of all rows.

    Args:
        warehouse: The working file.
        copied: What was copied.
        columns: What is wanted of each row.
        unique: Columns in which no two rows may be the same; rows that share such a value with one
            that was written are returned too.
    """
    if copied.written is None:
        return warehouse.rows(f"raw.{copied.table}", columns)
    key = next(iter(declared_columns(copied.table)))
    shared = " or ".join(
        f"{name} in (select {name} from incoming)" for name in dict.fromkeys([key, *unique])
    )
    with warehouse.incoming(copied.written):
        return warehouse.connection.sql(
            f"select {', '.join(columns)} from raw.{copied.table} where {shared}"
        ).pl()


def _touched(warehouse: Warehouse, table: str, replaced: str, gone: Sequence[int]) -> pa.Table:
    """Name the lots that rows to come in, and those to go out, are about."""
    lots = [name for name in declared_columns(table) if name.endswith("lot_id")]
    parts = [
        warehouse.connection.sql(
            f"select '{table}' as table_name, {lot} as lot_id from incoming"
            f" union select '{table}', {lot} {replaced}",
            params={"gone": gone},
        )
        .to_arrow_table()
        .cast(TOUCHED)
        for lot in lots
    ]
    return pa.concat_tables(parts) if parts else TOUCHED.empty_table()
