"""What the driver's faults mean, in one plain line: why the record can't be used just now.

Only the record's own state is translated here: it restarts, its disk is full, somebody holds the
lock. A fault that isn't known rises as it is: it is ours to mend, not the reader's to wait for.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from sql.errors import RecordUnavailable, RecordUncertain
from sql.record.pool import Opened, PoolExhausted

Tell = Callable[[Exception], RecordUnavailable | None]

RESTARTING = "PostgreSQL is restarting"
LOST = "The connection to PostgreSQL was lost"
CROWDED = "Too many ask the record at once"
SHORTLY = "Try again shortly."
UNREACHABLE = f"The record can't be reached. {SHORTLY}"
UNCERTAIN = (
    "The connection to PostgreSQL was lost while saving: it may or may not have been saved. "
    "Look before you enter it again; a program asks again with the same Idempotency-Key."
)
# What is the matter, and the way out, by PostgreSQL's own code.
BY_STATE = {
    "57P01": (RESTARTING, SHORTLY),  # admin shutdown
    "57P02": (RESTARTING, SHORTLY),  # crash shutdown
    "57P03": (RESTARTING, SHORTLY),  # cannot connect now
    "57P04": (LOST, SHORTLY),  # the database was dropped
    "57P05": (LOST, SHORTLY),  # idle for too long
    "25P03": (LOST, SHORTLY),  # idle in a transaction for too long
    "25P04": (LOST, SHORTLY),  # a transaction too long
    "53100": ("The database's disk is full", "Make room on it, then try again."),
    "53200": ("PostgreSQL ran out of memory", SHORTLY),
    "53300": (CROWDED, SHORTLY),
    "55P03": ("Somebody else is writing a lot at once", SHORTLY),  # lock_timeout
    "57014": ("PostgreSQL stopped this: it took too long, or was told to", SHORTLY),
    "40001": ("Somebody else wrote at the same moment", SHORTLY),
    "40P01": ("Somebody else wrote at the same moment", SHORTLY),
    "58030": ("PostgreSQL can't read or write its files", "Tell your administrator."),
}
STANDBY = (
    "This PostgreSQL only reads: it is a standby, or was set read-only",
    "Point LOTLINE_DATABASE_URL at the server that takes writes.",
)
READ_ONLY_STATE = "25006"
CONNECTION_STATES = "08"
# There is a server, and no record in it: neither its database nor its roles.
NOT_MADE = re.compile(
    r'database ".*" does not exist|role "lotline_(app|pipeline|auditor)" does not exist'
)
# While it can't be connected to, the driver gives the server's words and no code.
IN_WORDS = {
    re.compile("the database system is|terminating connection"): RESTARTING,
    re.compile("too many clients|too many connections|remaining connection slots"): CROWDED,
}


@contextmanager
def translated(tell: Tell) -> Iterator[None]:
    """Raise our own error for a driver's fault; one that `tell` doesn't know stays as it is."""
    try:
        yield
    except (psycopg.Error, PoolExhausted) as fault:
        plain = tell(fault)
        if plain is None:
            raise
        raise plain from fault


def on_connecting(address: str) -> Tell:
    """Make a teller of faults that come up while a connection is opened.

    Args:
        address: Of the server, without the password; told to who runs it, not to strangers.
    """

    def tell(fault: Exception) -> RecordUnavailable | None:
        if isinstance(fault, PoolExhausted):
            return RecordUnavailable(f"{CROWDED}; nothing was saved. {SHORTLY}")
        if not isinstance(fault, psycopg.OperationalError):
            return None
        said = str(fault).strip()
        for words, what in IN_WORDS.items():
            if words.search(said):
                return RecordUnavailable(f"{what}; nothing was saved. {SHORTLY}")
        reason = said.splitlines()[0] if said else type(fault).__name__
        if NOT_MADE.search(said):
            return RecordUnavailable(
                f"PostgreSQL at {address} holds no record: {reason}. Check LOTLINE_DATABASE_URL; "
                "in a database that is there, lotline migrate makes the record.",
                UNREACHABLE,
            )
        return RecordUnavailable(
            f"PostgreSQL at {address} can't be used: {reason}. Check LOTLINE_DATABASE_URL and "
            "that the server is up.",
            UNREACHABLE,
        )

    return tell


def on_working(connection: Opened, *, saves: bool) -> Tell:
    """Make a teller of faults inside an open transaction; a failed one leaves nothing behind.

    Args:
        connection: The transaction's.
        saves: The transaction may write; else its server need not take writes.
    """
    so_far = "; nothing was saved" if saves else ""

    def tell(fault: Exception) -> RecordUnavailable | None:
        state = _state(fault)
        known = BY_STATE.get(state)
        if state == READ_ONLY_STATE and saves:
            known = STANDBY
        elif known is None and _is_lost(fault, connection):
            known = (LOST, SHORTLY)
        return RecordUnavailable(f"{known[0]}{so_far}. {known[1]}") if known else None

    return tell


def on_committing(connection: Opened) -> Tell:
    """Tell a commit whose answer never came: nobody here knows whether it was saved.

    Any other fault of a commit means that PostgreSQL has undone the transaction.
    """

    def tell(fault: Exception) -> RecordUnavailable | None:
        return RecordUncertain(UNCERTAIN) if _is_lost(fault, connection) else None

    return tell


def _is_lost(fault: Exception, connection: Opened) -> bool:
    """Tell whether the connection is gone with the fault."""
    state = _state(fault)
    if connection.closed or state.startswith(CONNECTION_STATES):
        return True
    # A fault of use that comes without PostgreSQL's code comes from the connection itself.
    return not state and isinstance(fault, psycopg.OperationalError)


def _state(fault: Exception) -> str:
    """Read PostgreSQL's five-letter code of a fault, or nothing."""
    return getattr(fault, "sqlstate", None) or ""
