"""Codes of lots have up to 250 characters."""

from sql.record.migrate import run_script

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
