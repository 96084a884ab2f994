"""A pool of connections to PostgreSQL: SQLAlchemy's, over psycopg's own connections.

psycopg_pool opens connections in threads of its own, so a server that is down shows only as a wait
of the whole patience, without its reason. SQLAlchemy's pool connects where the asker waits: what is
the matter is told at once.
"""

import select
from collections.abc import Callable
from typing import Any, cast

from psycopg import Connection
from psycopg.pq import TransactionStatus
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError, TimeoutError
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

Opened = Connection[dict[str, Any]]


class PoolExhausted(Exception):
    """Every connection is in use and none came back in time."""


class Lent:
    """A connection of the pool, until it is given back."""

    def __init__(self, proxied: PoolProxiedConnection) -> None:
        """Wrap what the pool lends."""
        self._proxied = proxied
        self.connection = cast(Opened, proxied.driver_connection)

    def give_back(self) -> None:
        """Take the connection back; a broken one, or one still busy, is closed."""
        if self.connection.info.transaction_status is TransactionStatus.IDLE:
            self._proxied.close()
        else:
            self._proxied.invalidate()


class Pool:
    """Lends connections, never more than a limit at once, and keeps a few for the next."""

    def __init__(
        self, connect: Callable[[], Opened], *, kept: int, limit: int, patience_seconds: float
    ) -> None:
        """Prepare; nothing is opened before the first is taken.

        Args:
            connect: Opens a connection.
            kept: Idle connections kept open.
            limit: Connections lent at once.
            patience_seconds: How long an asker waits while all are lent.
        """
        self._pool = QueuePool(
            cast(Any, connect),
            pool_size=kept,
            max_overflow=limit - kept,
            timeout=patience_seconds,
            use_lifo=True,
            reset_on_return=None,
        )
        event.listen(self._pool, "checkout", _take_no_dead_one)

    def take(self) -> Lent:
        """Lend a live connection, an idle one if there is any; it must be given back.

        Raises:
            PoolExhausted: All are lent and none came back in time.
            psycopg.Error: A new connection can't be opened.
        """
        try:
            return Lent(self._pool.connect())
        except TimeoutError as full:
            raise PoolExhausted from full

    def close(self) -> None:
        """Close the idle connections; lent ones are closed when they are given back."""
        self._pool.dispose()


def _take_no_dead_one(connection: Opened, _record: object, _proxied: object) -> None:
    """Have the pool connect anew where the server has said something since the last use.

    A server that ends a connection says so, or closes the socket, and keepalives notice one that
    is gone without a word. Looking costs a microsecond, a question to the server a round trip.
    """
    looking = select.poll()
    looking.register(connection.fileno(), select.POLLIN)
    if looking.poll(0):
        raise DisconnectionError
