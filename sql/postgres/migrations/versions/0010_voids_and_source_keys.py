"""Shipments, readings and lots can be voided; facts carry their source's key."""

from sql.record.migrate import run_script

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
