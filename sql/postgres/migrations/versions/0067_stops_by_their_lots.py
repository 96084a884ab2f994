"""Stops looked up by the lots they may bear on."""

from sql.record.migrate import run_script

revision = "0067"
down_revision = "0066"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
