"""A pool of connections to PostgreSQL, opened by whoever needs one.

psycopg_pool opens connections in threads of its own: a server that is down is then noticed only as
a wait of the whole patience, without its reason. Here the asker connects, and is told at once.
"""

import select
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from psycopg import Connection
from psycopg.pq import TransactionStatus

Opened = Connection[dict[str, Any]]


class PoolExhausted(Exception):
    """Every connection is in use and none came back in time."""


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
        self._connect = connect
        self._kept = kept
        self._patience_seconds = patience_seconds
        self._places = threading.BoundedSemaphore(limit)
        self._idle: deque[Opened] = deque()

    def take(self) -> Opened:
        """Lend a live connection, an idle one if there is any; it must be given back.

        Raises:
            PoolExhausted: All are lent and none came back in time.
            psycopg.Error: A new connection can't be opened.
        """
        if not self._places.acquire(timeout=self._patience_seconds):
            raise PoolExhausted
        try:
            return self._alive() or self._connect()
        except BaseException:
            self._places.release()
            raise

    def give_back(self, connection: Opened) -> None:
        """Take a connection back; one that is broken or amid something is closed."""
        is_idle = connection.info.transaction_status is TransactionStatus.IDLE
        if is_idle and len(self._idle) < self._kept:
            self._idle.append(connection)
        else:
            connection.close()
        self._places.release()

    def close(self) -> None:
        """Close the idle connections; lent ones are closed by nobody here."""
        while connection := self._newest():
            connection.close()

    def __del__(self) -> None:
        """Close the idle connections of a pool that nobody closed."""
        self.close()

    def _alive(self) -> Opened | None:
        """Find the newest idle connection that is alive, closing those that aren't."""
        while connection := self._newest():
            if _is_quiet(connection):
                return connection
            connection.close()
        return None

    def _newest(self) -> Opened | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None


def _is_quiet(connection: Opened) -> bool:
    """Tell whether the server has said nothing since the connection was given back.

    A server that ends a connection says so, or closes the socket, and keepalives notice one that
    is gone without a word. Looking costs a microsecond, a question to the server a round trip.
    """
    looking = select.poll()
    looking.register(connection.fileno(), select.POLLIN)
    return not looking.poll(0)
