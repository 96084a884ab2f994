"""Searches compare codes without case and separators, and every lot has a code for its label."""

from sql.record.migrate import run_script

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
