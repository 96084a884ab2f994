"""The warehouse's working file: what follows from the record, brought up to date by every run.

One process at a time holds it (`opening`). Here it is opened, read and handed over; what writes its
copies is `copy_writing`, its models `building`, and what vouches for them `evidence`.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from sql.movements import ACCOUNTED, Band
from sql.queries import WAREHOUSE_QUERIES, load_queries
from sql.settings import PAIRS_BUDGET
from sql.warehouse.models import known_schemas
from sql.warehouse.variables import set_variables


class Warehouse:
    """The open working file."""

    def __init__(
        self,
        path: Path,
        site_zone: str,
        closure_pairs_budget: int = PAIRS_BUDGET,
        accounted: Band = ACCOUNTED,
    ) -> None:
        """Open the file, made when it isn't there.

        Args:
            path: Where it lies.
            site_zone: Models take days in this zone.
            closure_pairs_budget: How many pairs a closure may keep; what goes beyond it is left
                out, and a rule says so.
            accounted: Between which parts of its weight a lot's kilograms are accounted for.
        """
        self.path = path
        self.site_zone = site_zone
        self.closure_pairs_budget = closure_pairs_budget
        self.accounted = accounted
        self.connection = self._connect()

    def _connect(self) -> duckdb.DuckDBPyConnection:
        """Open the file with its settings, its schemas in place."""
        connection = duckdb.connect(self.path, config={"autoinstall_known_extensions": "false"})
        connection.execute("set timezone = 'UTC'")
        connection.execute("set enable_progress_bar = false")
        set_variables(connection, self.site_zone, self.accounted)
        for schema in sorted(known_schemas() | {"edition"}):
            connection.execute(f"create schema if not exists {schema}")
        for query in ("create_evidence_step", "create_evidence"):
            connection.execute(load_queries(WAREHOUSE_QUERIES)[query])
        return connection

    def named(self, query: str, **parameters: Any) -> pl.DataFrame:
        """Return the rows of a named query of `duckdb/queries`."""
        select = load_queries(WAREHOUSE_QUERIES)[query]
        return self.connection.sql(select, params=parameters or None).pl()

    def rows(self, table: str, columns: Sequence[str] = ("*",)) -> pl.DataFrame:
        """Return a whole table, or just these columns of it."""
        return self.connection.sql(f"select {', '.join(columns)} from {table}").pl()

    def count(self, table: str) -> int:
        """Count the rows of a table or view."""
        return self.connection.execute(f"select count(*) from {table}").fetchall()[0][0]

    def tables(self) -> set[str]:
        """Name the tables there are, with their schemas; no views, no temporary tables."""
        found = self.connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where not temporary"
        ).fetchall()
        return {row[0] for row in found}

    def schema_of(self, table: str) -> dict[str, str]:
        """Return a table's columns and their DuckDB types, in order."""
        described = self.connection.execute(f"describe {table}").fetchall()
        return {row[0]: row[1] for row in described}

    def describe_edition(self, facts: dict[str, Any]) -> None:
        """Replace `edition.about` by one row of these facts."""
        with self.incoming(pa.table({name: [value] for name, value in facts.items()})):
            self.connection.execute("create or replace table edition.about as from incoming")

    def about(self) -> dict[str, Any]:
        """Return the one row of `edition.about`."""
        return self.connection.sql("from edition.about").pl().row(0, named=True)

    def hand_over(self, take: Callable[[Path], Path]) -> None:
        """Let `take` move the file away once all is written, and go on with a copy of it.

        Writing on in the copy, and copying only after the file was taken, keeps readers from
        waiting: for them it is one rename, however large the file is.

        Args:
            take: Moves the file and says where to.
        """
        self.connection.execute("checkpoint")
        self.connection.close()
        taken = take(self.path)
        copy = self.path.with_name("working.unfinished")
        shutil.copyfile(taken, copy)
        copy.rename(self.path)
        self.connection = self._connect()

    def close(self) -> None:
        """Close the file, so that another process may open it."""
        self.connection.close()

    @contextmanager
    def incoming(
        self, rows: pa.RecordBatchReader | pa.Table, name: str = "incoming"
    ) -> Iterator[None]:
        """Let rows be read as a table of this name for the block."""
        self.connection.register(name, rows)
        try:
            yield
        finally:
            self.connection.unregister(name)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Keep all of the block's writes or none."""
        self.connection.execute("begin")
        with ExitStack() as undo:
            undo.callback(self.connection.execute, "rollback")
            yield
            undo.pop_all()
        self.connection.execute("commit")
