"""A process may ask for a value for each limit of a gate before a lot passes it."""

from sql.record.migrate import run_script

revision = "0053"
down_revision = "0052"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
