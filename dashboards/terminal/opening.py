"""How a command opens the record."""

from sql.record.engine import DatabaseRole, Record
from sql.record.opening import open_record
from sql.settings import Settings


def current_record(config: Settings) -> Record:
    """Open the record in the app's role, brought to its present shape first."""
    open_record(config, DatabaseRole.OWNER).close()
    return open_record(config)
