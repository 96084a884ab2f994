"""Shipments are found by parts of their codes through an index."""

from sql.record.migrate import run_script

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
