"""Models of which a run makes only the rows of lots that a change touches.

A table of a million lots takes long to make, and a change touches few of them. Equal to a build
from nothing, always: which lots changed is noted where the copies are written, with how they were
before and how they are now. Nothing here commits.
"""

from collections.abc import Sequence

import duckdb

from sql.queries import WAREHOUSE_QUERIES, load_queries
from sql.warehouse.models import Model, ModelKind

# Filled where copies are written, for the length of a run.
CHANGED_LOTS = "create temp table changed_lots (table_name varchar, lot_id bigint)"
_LOTS_OF = {ModelKind.OWN_ROWS: "make_changed", ModelKind.REACHING_ROWS: "make_reaching"}


def note_changed(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    replaced: str,
    gone: Sequence[int],
) -> None:
    """Note the lots that rows of a copied table are about, those to come in and those to go out.

    Args:
        connection: The working file; rows to come in stand in `incoming`.
        table: The copied table, before it is written.
        columns: Its columns; those that end with lot_id name lots.
        replaced: From and where of the rows to go out.
        gone: Value of the parameter `gone` there.
    """
    for lot in (name for name in columns if name.endswith("lot_id")):
        connection.execute(
            f"insert into changed_lots select '{table}', {lot} from incoming"
            f" union select '{table}', {lot} {replaced}",
            {"gone": gone},
        )


def build(connection: duckdb.DuckDBPyConnection, model: Model, *, goes_on: bool) -> None:
    """Bring a model's table up to date.

    Args:
        connection: The working file, its copies and ancestries up to date.
        model: A model of rows.
        goes_on: Whether `changed_lots` names all that changed since the table was built last; else
            everything is made anew.
    """
    queries = load_queries(WAREHOUSE_QUERIES)
    if not goes_on:
        connection.execute(queries["make_all"])
        connection.execute(f"create or replace table {model.name} as {model.select}")
        return
    connection.execute(queries[_LOTS_OF[model.kind]], {"tables": sorted(model.copies_behind())})
    connection.execute(f"delete from {model.name} where lot_id in (from edition.to_make)")
    connection.execute(f"insert into {model.name} {model.select}")
