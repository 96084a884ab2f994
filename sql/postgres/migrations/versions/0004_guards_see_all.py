"""The guards measure the whole record, whatever a session has set or made."""

from sql.record.migrate import run_script

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
