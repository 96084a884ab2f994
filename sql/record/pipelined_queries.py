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


class Answers:
    """The rows of each query, in the order asked; made into mappings when they are first read."""

    def __init__(self) -> None:
        """Hold nothing; filled when the queries were run."""
        self._cursors: list[Cursor[dict[str, Any]]] = []
        self._rows: dict[int, Rows] = {}

    def __getitem__(self, place: int) -> Rows:
        """Return the rows of a query."""
        if place not in self._rows:
            cursor = self._cursors[place]
            self._rows[place] = cursor.fetchall()
            cursor.close()
        return self._rows[place]

    def __iter__(self) -> Iterator[Rows]:
        """Return the rows of every query."""
        return (self[place] for place in range(len(self._cursors)))

    def hold(self, cursors: Sequence[Cursor[dict[str, Any]]]) -> None:
        """Take the cursors of queries that were run."""
        self._cursors += cursors


@contextmanager
def pipelined(transaction: Transaction, *queries: Asked) -> Iterator[Answers]:
    """Ask named queries, and let the block work while PostgreSQL does.

    Args:
        transaction: Open transaction or snapshot; not to be used in the block.
        queries: The queries, each with its parameters, in the order to be run.

    Yields:
        What holds, after the block, the rows of each query as mappings from column to value; they
        may be read while others are asked.
    """
    answers = Answers()
    if sum(len(str(value)) for _, given in queries for value in given.values()) > SENT_AT_ONCE:
        # What the socket can't hold is sent only while somebody waits for it.
        with ThreadPoolExecutor(1) as other:
            run = other.submit(_run, transaction.connection, queries)
            yield answers
            answers.hold(run.result())
        return
    # Rows are taken when the pipeline has ended: asking for them inside is a round trip more.
    with transaction.connection.pipeline():
        cursors = _sent(transaction.connection, queries)
        yield answers
    answers.hold(cursors)


def _run(connection: Opened, queries: Sequence[Asked]) -> list[Cursor[dict[str, Any]]]:
    """Send queries and wait for them."""
    with connection.pipeline():
        return _sent(connection, queries)


def _sent(connection: Opened, queries: Sequence[Asked]) -> list[Cursor[dict[str, Any]]]:
    """Send queries; return a cursor each."""
    cursors = [connection.cursor() for _ in queries]
    for cursor, (query, parameters) in zip(cursors, queries, strict=True):
        cursor.execute(statement(query), parameters)
    return cursors
