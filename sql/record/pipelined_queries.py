"""Rows of several named queries for one round trip to PostgreSQL.

The queries are sent together, and PostgreSQL is at work on them while whoever asked is on something
else. For reads that must be quick; everything else asks its transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import Any

from psycopg import Connection, Cursor
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import psycopg as dialect

from sql.queries import RECORD_QUERIES, load_queries
from sql.record.transactions import Transaction

SENT_AT_ONCE = 50_000  # characters of parameters
Asked = tuple[str, Mapping[str, Any]]
Rows = list[dict[str, Any]]


@contextmanager
def pipelined(transaction: Transaction, *queries: Asked) -> Iterator[list[Rows]]:
    """Ask named queries, and let the block work while PostgreSQL does.

    Args:
        transaction: Open transaction or snapshot; not to be used in the block.
        queries: The queries, each with its parameters, in the order to be run.

    Yields:
        A list that holds, after the block, the rows of each query as mappings from column to value.
    """
    answers: list[Rows] = []
    driver = transaction._connection.connection.driver_connection
    if sum(len(str(value)) for _, given in queries for value in given.values()) > SENT_AT_ONCE:
        # What the socket can't hold is sent only while somebody waits for it.
        with ThreadPoolExecutor(1) as other:
            taken = other.submit(_rows_of, driver, queries)
            yield answers
            answers += taken.result()
        return
    with driver.pipeline():
        cursors = _sent(driver, queries)
        yield answers
        answers += map(_taken, cursors)


def _rows_of(driver: Connection, queries: Sequence[Asked]) -> list[Rows]:
    """Send queries and take their rows."""
    with driver.pipeline():
        return [_taken(cursor) for cursor in _sent(driver, queries)]


def _sent(driver: Connection, queries: Sequence[Asked]) -> list[Cursor]:
    """Send queries; gives a cursor each."""
    cursors = [driver.cursor() for _ in queries]
    for cursor, (query, parameters) in zip(cursors, queries, strict=True):
        cursor.execute(for_driver(query), parameters)
    return cursors


def _taken(cursor: Cursor) -> Rows:
    """Take a cursor's rows, and give it back."""
    rows = cursor.fetchall()
    names = [column.name for column in cursor.description]
    cursor.close()
    return [dict(zip(names, row, strict=True)) for row in rows]


@cache
def for_driver(query: str) -> str:
    """Give a named query as the driver takes it, its parameters as it writes them."""
    statement = text(load_queries(RECORD_QUERIES)[query])
    return str(statement.compile(dialect=dialect.dialect()))
