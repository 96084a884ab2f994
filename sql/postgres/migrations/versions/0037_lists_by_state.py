"""A list of lots by what they are reads each lot once."""

from sql.record.migrate import run_script

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
