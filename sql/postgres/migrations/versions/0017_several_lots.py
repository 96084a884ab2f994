"""Lots before and after several lots are walked together: one walk, however many begin it."""

from sql.record.migrate import run_script

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
