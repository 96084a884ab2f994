"""The warehouse's working file: what follows from the record, rebuilt by every run.

One process at a time holds it. Copies and models are written each in one transaction; what a
killed run left behind is thrown away by the next, which begins with a new file.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pyarrow as pa
from filelock import FileLock, Timeout

from sql.errors import ModelUnreadable, WarehouseBusy
from sql.models import DUCKDB, Kind, Model, Rule, copy_script, known_schemas
from sql.queries import load_queries
from sql.settings import PAIRS_BUDGET

if TYPE_CHECKING:
    from sql.ancestries import Built

QUERIES = DUCKDB / "queries"
RUN_PATIENCE_SECONDS = 900


class Warehouse:
    """The open working file."""

    def __init__(
        self, path: Path, site_zone: str, closure_pairs_budget: int = PAIRS_BUDGET
    ) -> None:
        """Open the file, made when it isn't there.

        Args:
            path: Where it lies.
            site_zone: Models take days in this zone.
            closure_pairs_budget: How many pairs a closure may keep; what goes beyond it is left
                out, and a rule says so.
        """
        self.path = path
        self._closure_pairs_budget = closure_pairs_budget
        self.ancestries: Built | None = None
        self._connection = duckdb.connect(path, config={"autoinstall_known_extensions": "false"})
        self._connection.execute("set timezone = 'UTC'")
        self._connection.execute("set enable_progress_bar = false")
        self._connection.execute("set variable site_zone = $zone", {"zone": site_zone})
        for schema in sorted(known_schemas() | {"edition"}):
            self._connection.execute(f"create schema if not exists {schema}")

    def load(self, table: str, rows: pa.RecordBatchReader) -> int:
        """Replace `raw.<table>` by these rows, cast to its declared types; gives their count."""
        _summary, script = copy_script(table)
        self._connection.register("incoming", rows)
        try:
            with self._whole():
                self._connection.execute(script)
                names = ", ".join(rows.schema.names)
                self._connection.execute(
                    f"insert into raw.{table} ({names}) select {names} from incoming"
                )
        finally:
            self._connection.unregister("incoming")
        return self.count(f"raw.{table}")

    def columns_of(self, table: str) -> list[str]:
        """Name a copied table's columns, in order, as its script declares them."""
        _summary, script = copy_script(table)
        self._connection.execute(script)
        return [row[0] for row in self._connection.execute(f"describe raw.{table}").fetchall()]

    def build(self, model: Model, changed: list[int] | None = None) -> int:
        """Replace a model's table by what its select gives now; gives the row count.

        Args:
            model: The model.
            changed: Of a walk, the lots into which links were added, voided or corrected since it
                was built last: only what follows from them is made anew. None: everything.

        Raises:
            ModelUnreadable: The select's columns aren't those its head describes.
        """
        with self._whole():
            if model.kind is Kind.WALK:
                self._walk(model, changed)
            else:
                self._connection.execute(
                    f"create or replace {model.kind} {model.name} as {model.select}"
                )
            built = list(self.schema_of(model.name))
            if built != list(model.columns):
                raise ModelUnreadable(
                    f"The model {model.name} gives {built}, its head says {list(model.columns)}."
                )
        return self.count(model.name)

    def _walk(self, model: Model, changed: list[int] | None) -> None:
        """Fill a table with the ancestries of the links that its model selects."""
        # Compiled code, loaded where it is needed: whoever only reads never pays for it.
        from sql import ancestries

        budget = self._closure_pairs_budget
        if changed is None or model.name not in self._tables():
            self.ancestries = ancestries.build(self._connection, model, budget)
        else:
            self.ancestries = ancestries.bring_up_to_date(self._connection, model, budget, changed)

    def _tables(self) -> set[str]:
        """Name the tables there are, with their schemas."""
        rows = self._connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables()"
        ).fetchall()
        return {row[0] for row in rows}

    def schema_of(self, table: str) -> dict[str, str]:
        """Give a table's columns and their DuckDB types, in order."""
        described = self._connection.execute(f"describe {table}").fetchall()
        return {row[0]: row[1] for row in described}

    def count(self, table: str) -> int:
        """Give a table's row count."""
        return self._connection.execute(f"select count(*) from {table}").fetchall()[0][0]

    def breaches(self, rule: Rule) -> pl.DataFrame:
        """Give the rows that break a rule."""
        return self._connection.sql(rule.select).pl()

    def ask(self, query: str, **parameters: Any) -> pl.DataFrame:
        """Give the rows of a named query of `duckdb/queries`."""
        return self._connection.sql(load_queries(QUERIES)[query], params=parameters).pl()

    def rows(self, table: str, columns: Sequence[str] = ("*",)) -> pl.DataFrame:
        """Give a whole table, or just these columns of it."""
        return self._connection.sql(f"select {', '.join(columns)} from {table}").pl()

    def describe_edition(self, facts: dict[str, Any]) -> None:
        """Replace `edition.about` by one row of these facts."""
        about = pa.table({name: [value] for name, value in facts.items()})
        self._connection.register("incoming", about)
        self._connection.execute("create or replace table edition.about as from incoming")
        self._connection.unregister("incoming")

    def about(self) -> dict[str, Any]:
        """Give the one row of `edition.about`."""
        return self._connection.sql("from edition.about").pl().row(0, named=True)

    def checkpoint(self) -> None:
        """Write everything into the one file, so that a copy of it is whole."""
        self._connection.execute("checkpoint")

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Keep all of the block's writes or none."""
        self._connection.execute("begin")
        with ExitStack() as undo:
            undo.callback(self._connection.execute, "rollback")
            yield
            undo.pop_all()
        self._connection.execute("commit")


def working_file(home: Path) -> Path:
    """Say where the working file of a home lies."""
    return home / "warehouse" / "working.duckdb"


@contextmanager
def one_run(home: Path, patience_seconds: float = RUN_PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the right to run for the block; the kernel gives it back if the process dies.

    Raises:
        WarehouseBusy: Another run held it for longer than the patience.
    """
    folder = working_file(home).parent
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "run.lock", timeout=patience_seconds)
    try:
        lock.acquire()
    except Timeout as held:
        raise WarehouseBusy(
            "Another pipeline run is under way and has not ended. Try again when it has."
        ) from held
    try:
        yield
    finally:
        lock.release()


def begin_anew(home: Path) -> None:
    """Throw the working file away, with whatever a killed run left in it."""
    for leftover in working_file(home).parent.glob("working.duckdb*"):
        leftover.unlink()


def sync(path: Path) -> None:
    """Make sure a file's bytes are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
