"""The warehouse's working file: what follows from the record, brought up to date by every run.

One process at a time holds it. Copies and models are written each in one transaction. A run goes
on from the file only where the run before marked it as sound at its end: what a killed run, a
failed one or other code left behind is thrown away, and everything made anew.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pyarrow as pa

from sql.errors import ModelUnreadable
from sql.queries import WAREHOUSE_QUERIES, load_queries
from sql.settings import PAIRS_BUDGET
from sql.warehouse import row_models as rows
from sql.warehouse.models import (
    Model,
    ModelKind,
    Rule,
    build_fingerprint,
    copy_script,
    declared_columns,
    known_schemas,
)

if TYPE_CHECKING:
    from sql.genealogy.ancestries import Built


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
        self.site_zone = site_zone
        self._closure_pairs_budget = closure_pairs_budget
        self.ancestries: Built | None = None
        self.relinked: list[int] | None = None
        self.built: set[str] = set()
        self._is_whole_closure = False
        self._changed: dict[str, pa.Table | None] = {}
        self._connection = self._connect()

    def _connect(self) -> duckdb.DuckDBPyConnection:
        """Open the file with its settings, its schemas in place."""
        connection = duckdb.connect(self.path, config={"autoinstall_known_extensions": "false"})
        connection.execute("set timezone = 'UTC'")
        connection.execute("set enable_progress_bar = false")
        connection.execute("set variable site_zone = $zone", {"zone": self.site_zone})
        for schema in sorted(known_schemas() | {"edition"}):
            connection.execute(f"create schema if not exists {schema}")
        connection.execute(rows.CHANGED_LOTS)
        return connection

    def load(self, table: str, rows: pa.RecordBatchReader) -> int:
        """Replace `raw.<table>` by these rows, cast to its declared types; gives their count."""
        _summary, script = copy_script(table)
        with self._incoming(rows), self._whole():
            self._connection.execute(script)
            names = ", ".join(rows.schema.names)
            self._connection.execute(
                f"insert into raw.{table} ({names}) select {names} from incoming"
            )
        self._changed[table] = None
        return self.count(f"raw.{table}")

    def refresh(self, table: str, written: pa.RecordBatchReader, gone: list[int]) -> int:
        """Put these rows in the place of those of `raw.<table>` with the same key.

        Args:
            table: A copied table that was loaded before; its first column is its key.
            written: Rows that may be new or differ.
            gone: Keys of rows to take out.

        Returns:
            How many were new or differed.
        """
        types = declared_columns(table)
        key, names = next(iter(types)), ", ".join(types)
        cast = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in types.items())
        with self._incoming(written.read_all()):
            fresh = self._connection.sql(
                f"select {cast} from incoming except select {names} from raw.{table}"
                f" where {key} in (select {key} from incoming)"
            ).to_arrow_table()
        self._changed[table] = fresh
        if fresh.num_rows or gone:
            replaced = (
                f"from raw.{table} where {key} in (select {key} from incoming)"
                f" or {key} in (select unnest($gone::bigint []))"
            )
            with self._incoming(fresh), self._whole():
                rows.note_changed(self._connection, table, list(types), replaced, gone)
                self._connection.execute(f"delete {replaced}", {"gone": gone})
                self._connection.execute(f"insert into raw.{table} from incoming")
        return fresh.num_rows

    def changed_rows(
        self, table: str, columns: Sequence[str], unique: Sequence[str]
    ) -> pl.DataFrame:
        """Give these columns of the rows that this run wrote into `raw.<table>`.

        Of a table that it did not copy, or copied whole: of all rows.

        Args:
            table: A copied table.
            columns: What is wanted of each row.
            unique: Columns in which no two rows may be the same; rows that share such a value with
                one that was written are given too.
        """
        fresh = self._changed.get(table)
        if fresh is None:
            return self.rows(f"raw.{table}", columns)
        key = next(iter(declared_columns(table)))
        shared = " or ".join(
            f"{name} in (select {name} from incoming)" for name in dict.fromkeys([key, *unique])
        )
        with self._incoming(fresh):
            return self._connection.sql(
                f"select {', '.join(columns)} from raw.{table} where {shared}"
            ).pl()

    @contextmanager
    def _incoming(self, rows: pa.RecordBatchReader | pa.Table) -> Iterator[None]:
        """Let rows be read as the table `incoming` for the block."""
        self._connection.register("incoming", rows)
        try:
            yield
        finally:
            self._connection.unregister("incoming")

    def columns_of(self, table: str) -> list[str]:
        """Name a copied table's columns, in order, as its script declares them; the key first."""
        return list(declared_columns(table))

    def build(self, model: Model, changed: list[int] | None = None) -> int | None:
        """Replace a model's table by what its select gives now.

        Args:
            model: The model.
            changed: Of a walk, the lots into which links were added, voided or corrected since it
                was built last: only what follows from them is made anew. None: everything.

        Raises:
            ModelUnreadable: The select's columns aren't those its head describes.

        Returns:
            How many rows the table holds; of a view None: counting would be asking it.
        """
        with self._whole():
            if model.kind is ModelKind.WALK:
                self._walk(model, changed)
            elif model.kind in (ModelKind.OWN_ROWS, ModelKind.REACHING_ROWS):
                rows.build(self._connection, model, goes_on=self._goes_on(model))
            else:
                self._connection.execute(
                    f"create or replace {model.kind} {model.name} as {model.select}"
                )
            built = list(self.schema_of(model.name))
            if built != list(model.columns):
                raise ModelUnreadable(
                    f"The model {model.name} gives {built}, its head says {list(model.columns)}."
                )
        self.built.add(model.name)
        return None if model.kind is ModelKind.VIEW else self.count(model.name)

    def _goes_on(self, model: Model) -> bool:
        """Tell whether it is known which lots changed since a model's table was built last."""
        is_known = all(self._changed.get(table) is not None for table in model.copies_behind())
        # A partial closure may leave out other lots than before, wherever the change was.
        is_followed = self._is_whole_closure or model.kind is ModelKind.OWN_ROWS
        return model.name in self._tables() and is_known and is_followed

    def _walk(self, model: Model, changed: list[int] | None) -> None:
        """Fill a table with the ancestries of the links that its model selects."""
        # Compiled code, loaded where it is needed: whoever only reads never pays for it.
        from sql.genealogy import ancestries

        budget, noted = self._closure_pairs_budget, "edition.closure" in self._tables()
        left_out = self.named("closure_noted")["left_out_count"][0] if noted else 0
        if changed is None or model.name not in self._tables():
            self.ancestries = ancestries.build(self._connection, model, budget)
        else:
            self.ancestries = ancestries.bring_up_to_date(self._connection, model, budget, changed)
        self._is_whole_closure = not (left_out or self.ancestries.left_out_count)

    def _tables(self) -> set[str]:
        """Name the tables there are, with their schemas."""
        rows = self._connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where not temporary"
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

    def named(self, query: str, **parameters: Any) -> pl.DataFrame:
        """Give the rows of a named query of `duckdb/queries`."""
        return self._connection.sql(
            load_queries(WAREHOUSE_QUERIES)[query], params=parameters or None
        ).pl()

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

    def mark_sound(self) -> None:
        """Let the next run go on from this file; said at the end of a run that found no fault."""
        self._connection.execute(
            "create or replace table edition.sound as select $made_by as build_fingerprint",
            {"made_by": self._made_by()},
        )

    def claim_sound(self) -> dict[str, Any] | None:
        """Give `edition.about` where the last run marked the file as sound, and take the mark.

        None where it didn't, or where what made the file is not what would make it now.
        """
        if "edition.sound" not in self._tables():
            return None
        marked = self._connection.sql("from edition.sound").fetchall()
        self._connection.execute("drop table edition.sound")
        return self.about() if marked == [(self._made_by(),)] else None

    def _made_by(self) -> str:
        """Name the code and settings that decide over what later runs build upon."""
        return f"{build_fingerprint()} {self._closure_pairs_budget} {self.site_zone}"

    def checkpoint(self) -> None:
        """Write everything into the one file, so that a copy of it is whole."""
        self._connection.execute("checkpoint")

    def hand_over(self, take: Callable[[Path], Path]) -> None:
        """Let somebody take the file, all in it, and go on with a copy.

        Writing on in the copy, and copying only after the file was taken, keeps readers from
        waiting: for them it is one rename, however large the file is.

        Args:
            take: Moves the file and says where to.
        """
        self.checkpoint()
        self._connection.close()
        taken = take(self.path)
        copy = self.path.with_name("working.unfinished")
        shutil.copyfile(taken, copy)
        copy.rename(self.path)
        self._connection = self._connect()

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
