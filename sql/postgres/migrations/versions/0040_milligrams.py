"""Masses are kept to the milligram: half a gram of an enzyme is a lot."""

from sql.record.migrate import run_script

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
