"""Amounts in units of what goes into productions and comes of them."""

from sql.record.migrate import run_script

revision = "0060"
down_revision = "0072"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
