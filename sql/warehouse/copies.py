"""Copies of the record's tables in the warehouse, all as of one moment.

Arrow batches stream from PostgreSQL into DuckDB, so memory stays flat however long a table is.
One REPEATABLE READ snapshot serves all tables: no link names a lot that was not copied. Where the
working file holds copies of the same record, only what was written since is copied; both ways
give the same tables, always.
"""

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pyarrow as pa
from adbc_driver_postgresql import dbapi

from sql.errors import RecordUnavailable
from sql.record.engine import Record
from sql.warehouse import evidence
from sql.warehouse.changes import Changes, CopiedTable
from sql.warehouse.copied_tables import copied_tables, declared_columns
from sql.warehouse.copy_source import CopySource
from sql.warehouse.copy_writing import TOUCHED, load_copy, refresh_copy, replace_copy
from sql.warehouse.working_file import Warehouse

# A person's account is the only row that is written again; so few that all are read each time.
REWRITTEN = ("users",)
# The process: few rows, on which any lot may hang. Each table is compared as a whole, and copied
# as a whole where it differs: what is built upon it is then made from nothing.
WHOLE = (
    "gate_limits",
    "gates_stated",
    "gates_to_pass",
    "lot_types",
    "phases",
    "process_rules",
    "process_settings",
    "qc_gates",
)


def copy_record(
    record: Record,
    warehouse: Warehouse,
    since: dict[str, Any] | None = None,
    on_copied: Callable[[CopiedTable], object] = lambda _copied: None,
) -> Changes:
    """Bring the copy of every table to this moment, and return what that changed.

    As soon as there is a snapshot to copy from, the evidence for whatever the file held before is
    forgotten. `edition.about` then tells the moment copied: record_as_of (UTC), snapshot, cluster
    and database.

    Args:
        record: The record in the pipeline's role.
        warehouse: Takes `raw.<table>`.
        since: What `edition.about` said when the copies that the file holds were made; None: there
            are none. Copies of another record, or of a trail that the record no longer holds, are
            made from nothing too.
        on_copied: Told of each table as soon as it is copied.

    Raises:
        RecordUnavailable: PostgreSQL can't be reached, or went away meanwhile.
    """
    try:
        with closing(dbapi.connect(record.driver_address())) as connection:
            return _copied(CopySource(connection), warehouse, since, on_copied)
    except dbapi.OperationalError as fault:
        raise RecordUnavailable(
            f"The record can't be copied just now: {str(fault).strip().splitlines()[0]}"
        ) from fault


def _copied(
    source: CopySource,
    warehouse: Warehouse,
    since: dict[str, Any] | None,
    on_copied: Callable[[CopiedTable], object],
) -> Changes:
    """Copy every table in one snapshot."""
    moment = source.begin()
    evidence.forget(warehouse)
    relinked = None
    if since is not None and source.continues(moment, since):
        source.ask("copy_since", since["snapshot"])
        relinked = tuple(source.ids("lots_relinked"))
    is_continued = relinked is not None
    warehouse.describe_edition({"edition_id": "", "built_at": moment["record_as_of"], **moment})
    tables, touched = {}, []
    for table in copied_tables():
        written = None
        if is_continued:
            written, lots = _copy_changes(source, warehouse, table)
            touched.append(lots)
        else:
            with source.rows(table, list(declared_columns(table)), is_new=False) as rows:
                load_copy(warehouse, table, rows)
        rows_count, in_record = warehouse.count(f"raw.{table}"), source.count(table)
        tables[table] = CopiedTable(table, rows_count, in_record, written)
        on_copied(tables[table])
    changes = Changes(tables, relinked, pa.concat_tables(touched) if is_continued else None)
    evidence.note_copied(warehouse, changes)
    return changes


def _copy_changes(
    source: CopySource, warehouse: Warehouse, table: str
) -> tuple[pa.Table | None, pa.Table]:
    """Write the rows of a table that are new or differ, and take out those that went."""
    if table in WHOLE:
        with source.rows(table, list(declared_columns(table)), is_new=False) as rows:
            return replace_copy(warehouse, table, rows), TOUCHED.empty_table()
    gone = source.ids(f"{table}_gone")
    columns = list(declared_columns(table))
    with source.rows(table, columns, is_new=table not in REWRITTEN) as rows:
        return refresh_copy(warehouse, table, rows, gone)
