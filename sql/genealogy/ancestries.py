"""The ancestries in the working file: built from nothing, or just what changed.

Both give the same lists, always. Which lots changed is for the caller to say; which others that
touches is found here. What walks is `sql.genealogy.walk`; nothing here commits.
"""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from sql.genealogy.walk import Walk
from sql.queries import WAREHOUSE_QUERIES, load_queries
from sql.warehouse.changes import Walked
from sql.warehouse.models import Model

# With a larger part of the lots touched, building from nothing is the shorter way.
LARGEST_PART = 0.25
STORING_MEMORY = "1GB"


def walk(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    pairs_budget: int,
    changed: Sequence[int] | None,
) -> Walked:
    """Fill the table: from nothing, or only what follows from these lots.

    Args:
        connection: The working file, its links up to date.
        model: The model of the table, whose select gives the links.
        pairs_budget: How many pairs may be kept.
        changed: Lots into which a link was added, voided or corrected since the table was filled
            last; None: unknown, or it never was.
    """
    if changed is None:
        return build(connection, model, pairs_budget)
    return bring_up_to_date(connection, model, pairs_budget, list(changed))


def build(connection: duckdb.DuckDBPyConnection, model: Model, pairs_budget: int) -> Walked:
    """Replace the table by the ancestry of every lot in the links that the model selects."""
    walk = Walk(connection.sql(model.select).to_arrow_table(), pairs_budget)
    lists = walk.lists()
    _make(connection, model, lists.schema)
    walked_count = _store(connection, model, lists)
    walked = Walked(walk.pairs_count, walk.pairs_estimated, walk.left_out_count, walked_count, None)
    return _note(connection, walked)


def bring_up_to_date(
    connection: duckdb.DuckDBPyConnection, model: Model, pairs_budget: int, changed: list[int]
) -> Walked:
    """Make anew the lists of lots whose links changed, and of all their descendants.

    Equal to a build from nothing, and that is what is done where the closure is or becomes partial,
    where much of the plant is touched, at a circle, or where ids outgrow the table.

    Args:
        connection: The working file; the table holds the ancestries from before the change.
        model: The model of the table, whose select gives the links as they are now.
        pairs_budget: How many pairs may be kept.
        changed: Lots into which a link was added, voided or corrected; all of them.
    """
    queries = load_queries(WAREHOUSE_QUERIES)
    connection.execute(queries["find_affected"], {"changed": changed})
    affected, lots = connection.execute(queries["count_affected"]).fetchall()[0]
    pairs_count, left_out_count = connection.execute(queries["closure_noted"]).fetchall()[0]
    if affected > LARGEST_PART * lots or left_out_count:
        return build(connection, model, pairs_budget)
    connection.execute(f"create or replace temp view all_links as {model.select}")
    links = connection.sql(queries["links_into_affected"]).to_arrow_table()
    known = connection.sql(queries["ancestries_built_upon"]).to_arrow_table()
    kept_count = pairs_count - connection.execute(queries["count_affected_pairs"]).fetchall()[0][0]
    walk = Walk(links, pairs_budget - kept_count, known)
    if walk.has_circle:
        return build(connection, model, pairs_budget)
    lists = walk.lists().read_all()
    stored = connection.sql(f"from {model.name} limit 0").to_arrow_table().schema
    if walk.left_out_count or lists.schema.field(1).type != stored.field(1).type:
        return build(connection, model, pairs_budget)
    connection.execute(queries["forget_affected"])
    connection.register("lists", lists)
    connection.execute(f"insert into {model.name} from lists")
    connection.unregister("lists")
    made_anew = connection.sql("from affected").to_arrow_table()
    walked = Walked(kept_count + walk.pairs_count, None, 0, lists.num_rows, made_anew)
    return _note(connection, walked)


def _note(connection: duckdb.DuckDBPyConnection, walked: Walked) -> Walked:
    """Keep a build's figures beside the lists, for boards and for the next build."""
    queries = load_queries(WAREHOUSE_QUERIES)
    connection.execute(queries["create_closure_note"])
    connection.execute(
        queries["note_closure"],
        {
            "pairs_count": walked.pairs_count,
            "pairs_estimated": walked.pairs_estimated,
            "left_out_count": walked.left_out_count,
        },
    )
    return walked


def _make(connection: duckdb.DuckDBPyConnection, model: Model, schema: pa.Schema) -> None:
    """Make the table, empty, for lists of this schema.

    Declared, not selected from nothing: of a table with lists that was created by a select of no
    row, DuckDB 2.0 shows no row filled in the same transaction until the next checkpoint.
    """
    connection.register("form", schema.empty_table())
    described = connection.execute("describe form").fetchall()
    connection.unregister("form")
    columns = ", ".join(f"{name} {kind}" for name, kind, *_rest in described)
    connection.execute(f"create or replace table {model.name} ({columns})")


def _store(connection: duckdb.DuckDBPyConnection, model: Model, lists) -> int:
    """Append lists to the table as they are found, and return how many."""
    connection.register("lists", lists)
    # Shares hardly compress, and trying costs more than all the rest.
    connection.execute("pragma force_compression = 'uncompressed'")
    # What is written need not stay in memory too: the pairs themselves stand there already.
    connection.execute(f"set memory_limit = '{STORING_MEMORY}'")
    try:
        stored = connection.execute(f"insert into {model.name} from lists").fetchall()[0][0]
    finally:
        connection.execute("pragma force_compression = 'auto'")
        connection.execute("reset memory_limit")
        connection.unregister("lists")
    return stored
