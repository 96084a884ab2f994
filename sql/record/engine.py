"""The record: PostgreSQL, by address or embedded, and the only way to speak to it.

A `Record` opens transactions in one database role: the app's reads and appends, the pipeline's
and the auditor's only read. A transaction may ask about a moment of the past: the views of the
record then answer as was known at that moment. No SQL stands here: queries are named and lie in
`postgres/queries`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import psycopg
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import QueuePool

from sql.errors import RecordUnsuitable
from sql.queries import RECORD_QUERIES, load_queries
from sql.record import embedded
from sql.record.faults import on_committing, on_connecting, on_working, translated
from sql.record.migrate import migrate
from sql.record.transactions import Transaction
from sql.settings import Settings

CONNECT_PATIENCE_SECONDS = 5
POOL_PATIENCE_SECONDS = 10
LOCK_PATIENCE_SECONDS = 30
# A server that is gone without a word is given up on after about half a minute, not two hours.
NETWORK_PATIENCE = {
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


class DatabaseRole(StrEnum):
    """As whom a connection acts in PostgreSQL."""

    OWNER = "owner"
    APP = "lotline_app"
    PIPELINE = "lotline_pipeline"
    AUDITOR = "lotline_auditor"


class Record:
    """The record as one database role sees it."""

    def __init__(self, address: str, role: DatabaseRole) -> None:
        """Prepare connections; none is opened before the first transaction.

        Args:
            address: PostgreSQL address of a login that is a member of the role.
            role: As whom every transaction acts.
        """
        options = ["-c timezone=UTC"]
        if role is not DatabaseRole.OWNER:
            # The owner waits as long as it takes: another process may be migrating.
            options += [f"-c role={role}", f"-c lock_timeout={LOCK_PATIENCE_SECONDS}s"]
        if role in (DatabaseRole.PIPELINE, DatabaseRole.AUDITOR):
            options.append("-c default_transaction_read_only=on")
        self.options = " ".join(options)
        self.address = make_url(address).set(drivername="postgresql+psycopg")
        self.engine: Engine = create_engine(
            self.address,
            poolclass=QueuePool,
            pool_size=5,
            max_overflow=20,
            pool_timeout=POOL_PATIENCE_SECONDS,
            pool_pre_ping=True,
            connect_args={
                "options": self.options,
                "connect_timeout": CONNECT_PATIENCE_SECONDS,
                **NETWORK_PATIENCE,
            },
        )
        self._reading = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @contextmanager
    def transaction(self, *, as_of: datetime | None = None) -> Iterator[Transaction]:
        """Open a transaction that commits at the end of the block, or leaves nothing behind.

        Args:
            as_of: Read what was known at this moment, by time of recording; None: now.

        Raises:
            RecordUnavailable: PostgreSQL can't be reached, restarts, is full or too busy, before or
                during the block; nothing was saved.
            RecordUncertain: The connection broke in the commit: it may or may not have been saved.
        """
        with self._connected(self.engine, saves=True) as connection:
            begun = connection.begin()
            yield _as_of(Transaction(connection), as_of)
            with translated(on_committing):
                begun.commit()

    @contextmanager
    def snapshot(self, *, as_of: datetime | None = None) -> Iterator[Transaction]:
        """Open a read-only transaction that sees one state of the record throughout.

        Args:
            as_of: Of that state, only what was known at this moment; None: all of it.

        Raises:
            RecordUnavailable: PostgreSQL can't be reached, or restarts, before or during the block.
        """
        with self._connected(self._reading, saves=False) as connection:
            begun = connection.begin()
            yield _as_of(Transaction(connection), as_of)
            begun.commit()

    @contextmanager
    def _connected(self, engine: Engine, *, saves: bool) -> Iterator[Connection]:
        """Lend a connection of the pool; what isn't committed in the block is rolled back."""
        with translated(on_connecting(self.address.render_as_string())):
            connection = engine.connect()
        # Giving a broken connection back is a fault too, so that stands inside.
        with translated(on_working(saves=saves)), connection:
            yield connection

    def driver_address(self) -> str:
        """Give the address for a driver that takes libpq's own form, with role and zone set."""
        plain = self.address.set(drivername="postgresql").update_query_dict(
            {"options": self.options}
        )
        place, _, query = plain.render_as_string(hide_password=False).partition("?")
        # libpq reads a plus sign as itself, where SQLAlchemy means a space.
        return f"{place}?{query.replace('+', '%20')}"

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def open_record(settings: Settings, role: DatabaseRole = DatabaseRole.APP) -> Record:
    """Give the record of these settings, starting the embedded PostgreSQL if there is no address.

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
    with _permitted(owner), owner._connected(owner.engine, saves=True):
        migrate(owner.engine)
    return owner


def _create_embedded_database(home: Path) -> None:
    """Create the record's database in the embedded server on first use."""
    maintenance = Record(embedded.address(home, "postgres"), DatabaseRole.OWNER)
    queries = load_queries(RECORD_QUERIES)
    engine = maintenance.engine.execution_options(isolation_level="AUTOCOMMIT")
    with maintenance._connected(engine, saves=True) as connection:
        if connection.execute(text(queries["database_exists"])).scalar() is None:
            connection.execute(text(f"create database {embedded.DATABASE}"))
    maintenance.close()


def _as_of(transaction: Transaction, moment: datetime | None) -> Transaction:
    """Have a fresh transaction read what was known at a moment."""
    if moment is not None:
        transaction.run("ask_as_of", moment=moment.isoformat())
    return transaction


@contextmanager
def _permitted(owner: Record) -> Iterator[None]:
    """Say plainly that a login is no owner of the database."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as fault:
        login = owner.address.render_as_string()
        raise RecordUnsuitable(f"The login of {login} may not do this: {fault}") from fault
