"""The reference process says how long meat waits, and that a pallet is of one product."""

from sql.record.migrate import run_script

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
