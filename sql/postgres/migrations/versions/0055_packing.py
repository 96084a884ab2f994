"""What is in a logistic unit is found by that unit's rows."""

from sql.record.migrate import run_script

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
