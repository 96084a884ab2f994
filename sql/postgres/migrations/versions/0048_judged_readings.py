"""Readings judged: each with the limit that held for its lot, and whether somebody answered it."""

from sql.record.migrate import run_script

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
