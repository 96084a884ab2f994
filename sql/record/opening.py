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
from sql.record.home import keep_private
from sql.record.places import find_place
from sql.record.shape import ABSENT, require_present_shape
from sql.record.statements import statement
from sql.settings import Settings


def open_record(settings: Settings, role: DatabaseRole = DatabaseRole.APP) -> Record:
    """Open the record of these settings, starting the embedded PostgreSQL if there is no address.

    Args:
        settings: Where the record is.
        role: As whom to act. OWNER brings the database to the present shape on the way, and takes
            the home from other accounts of the machine.

    Raises:
        EmbeddedFailed: The embedded PostgreSQL did not start.
        RecordUnavailable: The address can't be reached.
        RecordUnsuitable: The owner finds the server too old, or the record newer than this Lotline.
    """
    if role is DatabaseRole.OWNER:
        keep_private(settings)
    address = _address(settings, role)
    if role is DatabaseRole.OWNER and settings.is_embedded:
        _create_embedded_database(settings.home)
    record = Record(address, role, settings.timezone)
    if role is DatabaseRole.OWNER:
        _migrate(record)
    return record


def open_to_read(settings: Settings, role: DatabaseRole = DatabaseRole.APP) -> Record:
    """Open the record for a command that only reads: it creates nothing and migrates nothing.

    Args:
        settings: Where the record is.
        role: As whom to read: the app, or the owner where all of the trail must be seen.

    Raises:
        EmbeddedFailed: The embedded PostgreSQL did not start.
        RecordUnavailable: The address can't be reached.
        RecordUnsuitable: The record isn't there yet, or is of an older or a newer shape; the text
            says what to run.
    """
    if settings.is_embedded and not find_place(settings.home).data.exists():
        raise RecordUnsuitable(ABSENT.format(place=settings.home))
    record = Record(_address(settings, role), role, settings.timezone)
    require_present_shape(record)
    return record


def _migrate(owner: Record) -> None:
    """Bring the record to the present shape; Alembic is loaded only here, readers need none."""
    from sql.record.migrate import migrate

    with _permitted(owner), owner.transaction():
        migrate(owner.driver_address())


def _address(settings: Settings, role: DatabaseRole) -> str:
    """Find the record of a role; without an address, start the embedded PostgreSQL."""
    address = settings.database_url or embedded.address(settings.home)
    if role is DatabaseRole.PIPELINE and settings.pipeline_database_url:
        return settings.pipeline_database_url
    return address


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
