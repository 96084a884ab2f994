"""Corrections of where a lot came from: its supplier, the supplier's own code for it, its run."""

from sql.record.migrate import run_script

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
