"""Which record a process uses: by address, or the embedded server's, made on first use."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from sql.errors import RecordUnsuitable
from sql.record import embedded
from sql.record.engine import DatabaseRole, Record
from sql.record.faults import on_connecting, translated
from sql.record.migrate import migrate
from sql.record.statements import statement
from sql.settings import Settings


def open_record(settings: Settings, role: DatabaseRole = DatabaseRole.APP) -> Record:
    """Open the record of these settings, starting the embedded PostgreSQL if there is no address.

    Args:
        settings: Where the record is.
        role: As whom to act. OWNER brings the database to the present shape on the way.

    Raises:
        EmbeddedFailed: The embedded PostgreSQL did not start.
        RecordUnavailable: The address can't be reached.
        RecordUnsuitable: The server is too old, or the record's tables are missing or newer.
    """
    address = settings.database_url or embedded.address(settings.home)
    if role is DatabaseRole.PIPELINE and settings.pipeline_database_url:
        address = settings.pipeline_database_url
    if role is not DatabaseRole.OWNER:
        return Record(address, role)
    if settings.is_embedded:
        _create_embedded_database(settings.home)
    owner = Record(address, role)
    with _permitted(owner), owner.transaction():
        migrate(owner.driver_address())
    return owner


def _create_embedded_database(home: Path) -> None:
    """Create the record's database in the embedded server on first use."""
    maintenance = Record(embedded.address(home, "postgres"), DatabaseRole.OWNER)
    with (
        translated(on_connecting(maintenance.place)),
        psycopg.connect(maintenance.driver_address(), autocommit=True) as connection,
    ):
        if connection.execute(statement("database_exists")).fetchone() is None:
            connection.execute(SQL("create database {}").format(Identifier(embedded.DATABASE)))


@contextmanager
def _permitted(owner: Record) -> Iterator[None]:
    """Say plainly that a login is no owner of the database."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as fault:
        raise RecordUnsuitable(f"The login of {owner.place} may not do this: {fault}") from fault
