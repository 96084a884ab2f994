"""Whole tables in and out of a transaction as PostgreSQL's COPY text, block by block.

For backups only: what people and imports write goes through `Transaction.copy`, column by column.
"""

from collections.abc import Iterable, Iterator, Sequence

from psycopg.sql import SQL

from sql.record.statements import copy_in, names_of, table_of
from sql.record.transactions import Transaction


def columns_of(transaction: Transaction, table: str) -> list[str]:
    """Name the columns of a table that a backup keeps, in their order."""
    return [row["column_name"] for row in transaction.all("columns_of_table", table=table)]


def copied_out(transaction: Transaction, table: str, columns: Sequence[str]) -> Iterator[bytes]:
    """Stream a table's rows as COPY text, ordered by the first column, block by block."""
    statement = SQL("copy (select {} from {} order by {}) to stdout").format(
        names_of(columns), table_of(table), names_of(columns[:1])
    )
    with transaction.connection.cursor() as cursor, cursor.copy(statement) as stream:
        for block in stream:
            yield bytes(block)


def copied_in(
    transaction: Transaction, table: str, columns: Sequence[str], blocks: Iterable[bytes]
) -> None:
    """Append COPY text to a table."""
    statement = copy_in(table, columns)
    with transaction.connection.cursor() as cursor, cursor.copy(statement) as stream:
        for block in blocks:
            stream.write(block)
