"""Amounts in units of movements, counts and packings."""

from sql.record.migrate import run_script

revision = "0059"
down_revision = "0069"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
