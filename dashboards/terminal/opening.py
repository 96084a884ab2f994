"""How a command that writes opens the record; one that only reads takes `open_to_read`."""

from sql.record.engine import DatabaseRole, Record
from sql.record.opening import open_record
from sql.settings import Settings


def migrated_record(config: Settings) -> Record:
    """Open the record in the app's role, brought to its present shape first."""
    open_record(config, DatabaseRole.OWNER).close()
    return open_record(config)
