"""Holding what is here of a trace is signed."""

from sql.record.migrate import run_script

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
