"""The record: PostgreSQL, by address, and the only way to speak to it.

A `Record` opens transactions in one database role: the app's reads and appends, the pipeline's
and the auditor's only read. A transaction may ask about a moment of the past: the views of the
record then answer as was known at that moment. No SQL stands here: queries are named and lie in
`postgres/queries`. Which record a process uses is found in `sql.record.opening`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum

from psycopg import IsolationLevel
from psycopg.rows import dict_row

from sql.record.addresses import NETWORK_PATIENCE, address_of, parts_of, shown
from sql.record.faults import on_committing, on_connecting, on_working, translated
from sql.record.moments import asking_about
from sql.record.pool import Opened, Pool
from sql.record.transactions import Transaction

POOL_PATIENCE_SECONDS = 10
LOCK_PATIENCE_SECONDS = 30
# As the guards set it: a plan made under one path is made anew under another, at every write.
GUARDS_PATH = "pg_catalog,public,pg_temp"
CONNECTIONS_KEPT = 5
CONNECTIONS_AT_MOST = 25


class DatabaseRole(StrEnum):
    """As whom a connection acts in PostgreSQL."""

    OWNER = "owner"
    APP = "lotline_app"
    PIPELINE = "lotline_pipeline"
    AUDITOR = "lotline_auditor"


class Record:
    """The record as one database role sees it."""

    def __init__(self, address: str, role: DatabaseRole, site_zone: str = "UTC") -> None:
        """Prepare connections; none is opened before the first transaction.

        Args:
            address: PostgreSQL address of a login that is a member of the role.
            role: As whom every transaction acts.
            site_zone: In which days are taken, as when a lot expires.

        Raises:
            SettingsIncomplete: The address can't be read.
        """
        self._parts = parts_of(address) | NETWORK_PATIENCE | {"options": _options(role, site_zone)}
        self._pool = Pool(
            self._connect,
            kept=CONNECTIONS_KEPT,
            limit=CONNECTIONS_AT_MOST,
            patience_seconds=POOL_PATIENCE_SECONDS,
        )

    @property
    def place(self) -> str:
        """Name the server and the login, without the password."""
        return shown(self._parts)

    @contextmanager
    def transaction(self, *, as_of: datetime | None = None) -> Iterator[Transaction]:
        """Open a transaction that commits at the end of the block, or leaves nothing behind.

        Args:
            as_of: Read what had been committed by this moment; None: now.

        Raises:
            MomentAhead: The moment is still to come.
            RecordUnavailable: PostgreSQL can't be reached, restarts, is full or too busy, before or
                during the block; nothing was saved.
            RecordUncertain: The connection broke in the commit: it may or may not have been saved.
        """
        with self._lent(None, saves=True) as connection:
            yield asking_about(Transaction(connection), as_of)
            with translated(on_committing(connection)):
                connection.commit()

    @contextmanager
    def snapshot(self, *, as_of: datetime | None = None) -> Iterator[Transaction]:
        """Open a read-only transaction that sees one state of the record throughout.

        Args:
            as_of: Of that state, only what had been committed by this moment; None: all of it.

        Raises:
            MomentAhead: The moment is still to come.
            RecordUnavailable: PostgreSQL can't be reached, or restarts, before or during the block.
        """
        with self._lent(IsolationLevel.REPEATABLE_READ, saves=False) as connection:
            yield asking_about(Transaction(connection), as_of)
            connection.commit()

    @contextmanager
    def _lent(self, isolation: IsolationLevel | None, *, saves: bool) -> Iterator[Opened]:
        """Lend a connection of the pool; what isn't committed in the block is rolled back."""
        with translated(on_connecting(self.place)):
            lent = self._pool.take()
        connection = lent.connection
        try:
            # Giving a broken connection back is a fault too, so that stands inside.
            with translated(on_working(connection, saves=saves)), _undone(connection):
                if connection.isolation_level is not isolation:
                    connection.isolation_level = isolation
                    connection.read_only = None if saves else True
                yield connection
        finally:
            lent.give_back()

    def driver_address(self) -> str:
        """Return the address for a driver that takes libpq's own form, with role and zone set."""
        return address_of(self._parts)

    def close(self) -> None:
        """Close every pooled connection."""
        self._pool.close()

    def _connect(self) -> Opened:
        return Opened.connect(self.driver_address(), row_factory=dict_row)


def _options(role: DatabaseRole, site_zone: str) -> str:
    """Write what a server is told on connecting: the zones, the role and what it may do."""
    options = ["-c timezone=UTC", f"-c lotline.site_zone={site_zone}"]
    if role is not DatabaseRole.OWNER:
        # The owner waits as long as it takes: another process may be migrating.
        options += [f"-c role={role}", f"-c lock_timeout={LOCK_PATIENCE_SECONDS}s"]
        options.append(f"-c search_path={GUARDS_PATH}")
    if role in (DatabaseRole.PIPELINE, DatabaseRole.AUDITOR):
        options.append("-c default_transaction_read_only=on")
    return " ".join(options)


@contextmanager
def _undone(connection: Opened) -> Iterator[None]:
    """Roll back what the block left open, unless the connection is gone."""
    try:
        yield
    finally:
        if not connection.closed:
            connection.rollback()
