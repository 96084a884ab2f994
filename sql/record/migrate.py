"""Brings a PostgreSQL database to the record's present shape.

Alembic keeps count; each revision is one `.sql` script beside its Python stub. Nothing else in
the project creates or alters a table of the record.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command, op
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from psycopg import Connection, connect
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from sql.errors import RecordUnsuitable
from sql.record.shape import MIGRATIONS, refuse_newer

OLDEST_POSTGRES = 150000
MIGRATION_LOCK = 7_150_001


def migrate(address: str) -> None:
    """Bring the database up to the newest revision; does nothing when it is there already.

    Args:
        address: As the driver takes it, of a login that owns the database, or may create roles
            and tables.

    Raises:
        RecordUnsuitable: The server is older than PostgreSQL 15, or the record was migrated by a
            later Lotline.
        psycopg.Error: It can't be reached, or says no.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: connect(address), poolclass=NullPool
    )
    with _driver_faults(), engine.begin() as connection:
        version = int(connection.execute(text("show server_version_num")).scalar_one())
        if version < OLDEST_POSTGRES:
            raise RecordUnsuitable(
                f"PostgreSQL {version // 10_000} is too old: Lotline needs 15 or newer."
            )
        # Two processes that start at once take turns.
        connection.execute(text(f"select pg_advisory_xact_lock({MIGRATION_LOCK})"))
        refuse_newer(MigrationContext.configure(connection).get_current_revision())
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _driver_faults() -> Iterator[None]:
    """Raise the driver's own faults, as everywhere else; SQLAlchemy's stay in this module."""
    try:
        yield
    except DBAPIError as fault:
        raise (fault.orig or fault) from fault


def run_script(revision_file: str) -> None:
    """Run the `.sql` script beside a revision file, as it stands, on the migration's connection."""
    script = Path(revision_file).with_suffix(".sql").read_text(encoding="utf-8")
    # The driver's own cursor: a script holds % and : that are no parameters.
    driver = op.get_bind().connection.driver_connection
    assert isinstance(driver, Connection)
    driver.execute(script.encode())
