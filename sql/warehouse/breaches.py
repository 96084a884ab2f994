"""Asks the working file which rows break a rule."""

import polars as pl
import pyarrow as pa

from sql.warehouse.marks import MADE_ANEW, is_marked, only_lots_of
from sql.warehouse.rules import Rule
from sql.warehouse.working_file import Warehouse


def breaches(warehouse: Warehouse, rule: Rule, made_anew: pa.Table | None = None) -> pl.DataFrame:
    """Return the rows that break a rule.

    Args:
        warehouse: The working file.
        rule: The rule.
        made_anew: Column lot_id: the lots whose ancestries this run made. A rule that trusts the
            others, which kept it when they were made, looks only at these. None: at all.
    """
    if made_anew is None or not is_marked(rule.select, MADE_ANEW):
        return warehouse.connection.sql(rule.select).pl()
    with warehouse.incoming(made_anew, MADE_ANEW):
        return warehouse.connection.sql(only_lots_of(rule.select, MADE_ANEW)).pl()


def lots_named(found: pl.DataFrame) -> list[str]:
    """Return every lot code that breaches name, in whatever column, sorted."""
    named = [found[name] for name in found.columns if name.endswith("lot_code")]
    return pl.concat(named).drop_nulls().unique().sort().to_list() if named else []
