"""What a serving process holds open: its settings, the record, and the current edition.

One of each a process, shared by the screens and the API, so that both draw on one pool.
"""

from functools import cache

from dashboards.sessions.limits import Limiter
from sql.record.engine import DatabaseRole, Record
from sql.record.opening import open_record
from sql.settings import Settings
from sql.settings import settings as read_settings
from sql.warehouse.editions import Edition, current_edition

COOKIE = "lotline_session"  # keeps a person signed in over a refresh


@cache
def config() -> Settings:
    """Read the settings, once per process.

    Raises:
        SettingsIncomplete: A value can't be used.
    """
    return read_settings()


@cache
def record() -> Record:
    """Open the record in the app's role, on first use.

    Raises:
        EmbeddedFailed: The embedded PostgreSQL did not start.
    """
    return open_record(config())


@cache
def auditors_record() -> Record:
    """Open the record in the auditor's role, which only reads, and sees no password hash."""
    return open_record(config(), DatabaseRole.AUDITOR)


@cache
def limiter() -> Limiter:
    """Make what counts this process's requests, at its screens and its API together."""
    return Limiter(config())


def edition() -> Edition:
    """Open the edition that is current now.

    Raises:
        NoEdition: Nothing has been published yet.
    """
    return current_edition(config().home)
