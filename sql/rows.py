"""Models whose rows are made anew only for the received lots that a change touches.

What a received lot drags along follows from all lots made from it, so working out every one takes
long; a change touches few. Equal to a build from nothing, always. Nothing here commits.
"""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from sql.models import DUCKDB, Model
from sql.queries import load_queries

QUERIES = DUCKDB / "queries"


def build(
    connection: duckdb.DuckDBPyConnection, model: Model, changed: Sequence[pa.Table] | None
) -> None:
    """Bring a model's table up to date.

    Args:
        connection: The working file, its ancestries up to date; `touched` as they left it.
        model: A model of kind rows.
        changed: Rows with a lot_id that were written since the table was built last, whatever of
            that lot they say; None: everything is made anew.
    """
    queries = load_queries(QUERIES)
    if changed is None:
        connection.execute(queries["assess_all"])
        connection.execute(f"create or replace table {model.name} as {model.select}")
        return
    lot_ids = [lot_id for rows in changed for lot_id in rows.column("lot_id").to_pylist()]
    connection.execute(queries["assess_touched"], {"changed": lot_ids})
    lot = model.grain[0]
    connection.execute(
        f"delete from {model.name} where {lot} in (from edition.to_assess)"
        f" or {lot} in (select child_lot_id from raw.lot_genealogy)"
    )
    connection.execute(f"insert into {model.name} {model.select}")
