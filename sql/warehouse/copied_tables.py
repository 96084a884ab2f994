"""The record's tables that are copied, as the scripts in `duckdb/raw` declare them.

A script gives the copy's types, so an empty plant has the same columns as a full one. How the rows
come in is not here (`copies`, `copy_writing`).
"""

from functools import cache

import duckdb

from sql.queries import DUCKDB


def copied_tables() -> list[str]:
    """Name every table of the record that is copied, without schema, sorted."""
    return sorted(file.stem for file in (DUCKDB / "raw").glob("*.sql"))


def copy_script(table: str) -> tuple[str, str]:
    """Return a copied table's summary and the script that creates it empty."""
    script = (DUCKDB / "raw" / f"{table}.sql").read_text(encoding="utf-8")
    return script.partition("\n")[0].removeprefix("-- "), script


def declared_columns(table: str) -> dict[str, str]:
    """Return a copied table's columns and their DuckDB types, in order; the first is its key."""
    return _declared()[table]


@cache
def _declared() -> dict[str, dict[str, str]]:
    """Read every script, all in one empty database: opening one takes longer than reading."""
    declared = {}
    with duckdb.connect() as scratch:
        scratch.execute("create schema raw")
        for table in copied_tables():
            scratch.execute(copy_script(table)[1])
            described = scratch.execute(f"describe raw.{table}").fetchall()
            declared[table] = {row[0]: row[1] for row in described}
    return declared
