"""Amounts in units of what is moved between places."""

from sql.record.migrate import run_script

revision = "0070"
down_revision = "0075"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
