"""Lots are found by any part of what stands on a label."""

from sql.record.migrate import run_script

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
