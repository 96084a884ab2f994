"""Whole tables in and out of a transaction as PostgreSQL's COPY text, block by block.

For backups only: what people and imports write goes through `Transaction.copy`, column by column.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sql.record.transactions import Transaction


def columns_of(transaction: Transaction, table: str) -> list[str]:
    """Give the columns of a table that a backup keeps, in their order."""
    return [row["column_name"] for row in transaction.all("columns_of_table", table=table)]


def copied_out(transaction: Transaction, table: str, columns: Sequence[str]) -> Iterator[bytes]:
    """Give a table's rows as COPY text, ordered by the first column, block by block."""
    names = _quoted(columns)
    statement = f"copy (select {names} from {table} order by {_quoted(columns[:1])}) to stdout"
    with _driver(transaction).cursor() as cursor, cursor.copy(statement) as stream:
        for block in stream:
            yield bytes(block)


def copied_in(
    transaction: Transaction, table: str, columns: Sequence[str], blocks: Iterable[bytes]
) -> None:
    """Append COPY text to a table."""
    statement = f"copy {table} ({_quoted(columns)}) from stdin"
    with _driver(transaction).cursor() as cursor, cursor.copy(statement) as stream:
        for block in blocks:
            stream.write(block)


def _driver(transaction: Transaction) -> Any:
    """Give the driver's own connection: SQLAlchemy knows no COPY."""
    return transaction._connection.connection.driver_connection


def _quoted(columns: Sequence[str]) -> str:
    """Quote column names; they come from the catalogue or a manifest, never from people."""
    return ", ".join('"{}"'.format(name.replace('"', '""')) for name in columns)
