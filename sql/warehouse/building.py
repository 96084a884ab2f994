"""Makes models: whole, or only the rows of lots that a change touches.

A table of a million lots takes long to make, and a change touches few of them. Both ways give the
same table, always. How the closure is walked is handed in: the warehouse knows no genealogy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import duckdb

from sql.errors import ModelUnreadable
from sql.queries import WAREHOUSE_QUERIES, load_queries
from sql.warehouse import evidence
from sql.warehouse.changes import Changes, Walked
from sql.warehouse.marks import TO_MAKE, only_lots_of
from sql.warehouse.models import Model, ModelKind
from sql.warehouse.working_file import Warehouse

Teach = Callable[[duckdb.DuckDBPyConnection], None]
_LOTS_OF = {ModelKind.OWN_ROWS: "lots_changed", ModelKind.REACHING_ROWS: "lots_reaching_changed"}


class Walk(Protocol):
    """Fills a model's table with the ancestries of the links that its select gives."""

    def __call__(
        self,
        connection: duckdb.DuckDBPyConnection,
        model: Model,
        pairs_budget: int,
        changed: tuple[int, ...] | None,
        /,
    ) -> Walked:
        """Fill the table; `changed` are the lots into which links changed, None: unknown."""
        ...


@dataclass(frozen=True)
class Built:
    """What a build came to.

    Attributes:
        rows_count: Rows of the table; None: a view, where counting would be asking it.
        walked: Of a walk, what it came to.
    """

    rows_count: int | None
    walked: Walked | None = None


def build(
    warehouse: Warehouse,
    model: Model,
    changes: Changes | None = None,
    walk: Walk | None = None,
    teach: Teach | None = None,
) -> Built:
    """Bring a model's table to what its select gives now.

    Args:
        warehouse: The working file, with all that the model reads up to date.
        model: The model.
        changes: What differs from when the table was built last; None: unknown.
        walk: Fills the table of a model that is walked.
        teach: Gives the connection the functions that the select calls.

    Raises:
        ModelUnreadable: The select's columns aren't those its head describes, or a model that is
            walked came without its walk.
    """
    walked = None
    if teach is not None:
        teach(warehouse.connection)
    with warehouse.whole():
        if model.kind is ModelKind.WALK:
            walked = _walk(warehouse, model, changes, walk)
        elif changes is not None and _goes_on(warehouse, model, changes):
            _make_rows(warehouse, model, changes)
        else:
            kind = "view" if model.kind is ModelKind.VIEW else "table"
            warehouse.connection.execute(f"create or replace {kind} {model.name} as {model.select}")
        columns = list(warehouse.schema_of(model.name))
        if columns != list(model.columns):
            raise ModelUnreadable(
                f"The model {model.name} gives {columns}, its head says {list(model.columns)}."
            )
        evidence.note_built(warehouse, model)
    rows_count = None if model.kind is ModelKind.VIEW else warehouse.count(model.name)
    return Built(rows_count, walked)


def _walk(warehouse: Warehouse, model: Model, changes: Changes | None, walk: Walk | None) -> Walked:
    """Have the closure walked, from what changed where the table stands already."""
    if walk is None:
        raise ModelUnreadable(f"The model {model.name} is walked, and no walk was handed in.")
    stands = changes is not None and model.name in warehouse.tables()
    relinked = changes.relinked_lot_ids if changes is not None and stands else None
    return walk(warehouse.connection, model, warehouse.closure_pairs_budget, relinked)


def _goes_on(warehouse: Warehouse, model: Model, changes: Changes) -> bool:
    """Tell whether it is known which rows of a model's table may differ."""
    if model.kind not in _LOTS_OF or model.name not in warehouse.tables():
        return False
    # A partial closure may leave out other lots than before, wherever the change was.
    is_followed = model.kind is ModelKind.OWN_ROWS or warehouse.named("closure_is_whole").item()
    return is_followed and changes.are_known_in(model.copies_behind())


def _make_rows(warehouse: Warehouse, model: Model, changes: Changes) -> None:
    """Make anew the rows of lots that the change touches."""
    connection, lots = warehouse.connection, load_queries(WAREHOUSE_QUERIES)[_LOTS_OF[model.kind]]
    assert changes.touched_lots is not None  # or it isn't known what changed
    with warehouse.incoming(changes.touched_lots, "touched_lots"):
        connection.execute(
            f"create or replace temp table {TO_MAKE} as {lots}",
            {"tables": sorted(model.copies_behind())},
        )
    connection.execute(f"delete from {model.name} where lot_id in (from {TO_MAKE})")
    connection.execute(f"insert into {model.name} {only_lots_of(model.select, TO_MAKE)}")
    connection.execute(f"drop table {TO_MAKE}")
