"""Whole columns of whole numbers out of a transaction, as arrays.

A query packs each column into one value of eight bytes a row (`int8send`, `timestamptz_send`), so
a million rows cost no million Python objects. PostgreSQL's binary format: big-endian; moments
are microseconds since 2000-01-01 UTC.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from sql.record.statements import statement
from sql.record.transactions import Transaction

BINARY_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def binary_columns(
    transaction: Transaction, query: str, **parameters: Any
) -> dict[str, np.ndarray]:
    """Return the columns of a named query that packs them, each as int64 in the query's order.

    Args:
        transaction: Open transaction or snapshot.
        query: Finds one row, each column a `string_agg` of eight bytes a row.
        parameters: Its parameters.
    """
    connection = transaction.connection
    # A transaction just begun is opened on the way: one round trip for both.
    with connection.cursor(binary=True) as cursor:
        with connection.pipeline():
            cursor.execute(statement(query), parameters)
        row = cursor.fetchone() or {}
    return {
        name: np.frombuffer(value or b"", ">i8").astype(np.int64) for name, value in row.items()
    }


def array_literal(numbers: Iterable[int]) -> str:
    """Write numbers as PostgreSQL writes an array; a driver takes ten times as long over a list."""
    return "{" + ",".join(map(str, numbers)) + "}"


def moment(microseconds: int) -> datetime:
    """Read a packed moment as a time in UTC."""
    return BINARY_EPOCH + timedelta(microseconds=microseconds)


def binary_moment(at: datetime) -> int:
    """Pack a time with its zone as PostgreSQL does, in microseconds."""
    return (at - BINARY_EPOCH) // MICROSECOND
