"""Rows of several named queries for one round trip to PostgreSQL.

The queries are sent together, and PostgreSQL is at work on them while whoever asked is on something
else. For reads that must be quick; everything else asks its transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from psycopg import Cursor

from sql.record.pool import Opened
from sql.record.statements import statement
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
    if sum(len(str(value)) for _, given in queries for value in given.values()) > SENT_AT_ONCE:
        # What the socket can't hold is sent only while somebody waits for it.
        with ThreadPoolExecutor(1) as other:
            taken = other.submit(_rows_of, transaction.connection, queries)
            yield answers
            answers += taken.result()
        return
    # Rows are taken when the pipeline has ended: asking for them inside is a round trip more.
    with transaction.connection.pipeline():
        cursors = _sent(transaction.connection, queries)
        yield answers
    answers += map(_taken, cursors)


def _rows_of(connection: Opened, queries: Sequence[Asked]) -> list[Rows]:
    """Send queries and take their rows."""
    with connection.pipeline():
        cursors = _sent(connection, queries)
    return list(map(_taken, cursors))


def _sent(connection: Opened, queries: Sequence[Asked]) -> list[Cursor[dict[str, Any]]]:
    """Send queries; return a cursor each."""
    cursors = [connection.cursor() for _ in queries]
    for cursor, (query, parameters) in zip(cursors, queries, strict=True):
        cursor.execute(statement(query), parameters)
    return cursors


def _taken(cursor: Cursor[dict[str, Any]]) -> Rows:
    """Take a cursor's rows, and give it back."""
    rows = cursor.fetchall()
    cursor.close()
    return rows
