"""Breaches of rules that somebody acknowledged or explained."""

from sql.record.migrate import run_script

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
