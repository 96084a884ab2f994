"""Free SQL for tests: by a road of its own beside the record's, or inside its transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.rows import tuple_row
from sqlalchemy import Engine, create_engine

from sql.record.engine import Record
from sql.record.statements import for_driver
from sql.record.transactions import Transaction

_engines: WeakKeyDictionary[Record, Engine] = WeakKeyDictionary()


def engine_of(record: Record) -> Engine:
    """Return SQLAlchemy's engine for the record, in its role, beside its pool.

    Each record has one for as long as it lives: a connection that is new must read the whole
    catalog again, which takes longer than most of what tests ask.
    """
    if record not in _engines:
        address = record.driver_address()
        _engines[record] = create_engine(
            "postgresql+psycopg://",
            creator=lambda: psycopg.connect(address),
            pool_size=2,
            pool_pre_ping=True,
        )
    return _engines[record]


def ask(transaction: Transaction, statement: str, **values: Any) -> psycopg.Cursor[tuple]:
    """Run a statement, its parameters as `:name`, inside an open transaction of the record."""
    cursor = transaction.connection.cursor(row_factory=tuple_row)
    return cursor.execute(for_driver(statement).encode(), values)


class _Undone(Exception):
    """Ends a transaction that is to leave nothing behind."""


@contextmanager
def undone(record: Record) -> Iterator[Transaction]:
    """Open a transaction that is rolled back at the end of the block."""
    try:
        with record.transaction() as transaction:
            yield transaction
            raise _Undone
    except _Undone:
        return
