"""A lot made from one that stands on HOLD or FAIL is stopped too, until a manager assessed it."""

from sql.record.migrate import run_script

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
