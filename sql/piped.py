"""Rows of several named queries for one round trip to PostgreSQL.

The queries are sent together, and the next is at work while rows of the last are taken over. For
reads that must be quick; everything else asks its transaction.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import psycopg as dialect

from sql.queries import load_queries
from sql.record import QUERIES, Transaction


def rows_of(
    transaction: Transaction, *asked: tuple[str, Mapping[str, Any]]
) -> list[list[dict[str, Any]]]:
    """Give the rows of each named query, as mappings from column to value.

    Args:
        transaction: Open transaction or snapshot.
        asked: The queries, each with its parameters, in the order to be run.
    """
    driver = transaction._connection.connection.driver_connection
    with driver.pipeline():
        cursors = [driver.cursor() for _ in asked]
        for cursor, (query, parameters) in zip(cursors, asked, strict=True):
            cursor.execute(for_driver(query), parameters)
        answers = []
        for cursor in cursors:
            found = cursor.fetchall()
            names = [column.name for column in cursor.description]
            answers.append([dict(zip(names, row, strict=True)) for row in found])
            cursor.close()
    return answers


@cache
def for_driver(query: str) -> str:
    """Give a named query as the driver takes it, its parameters as it writes them."""
    statement = text(load_queries(QUERIES)[query])
    return str(statement.compile(dialect=dialect.dialect()))
