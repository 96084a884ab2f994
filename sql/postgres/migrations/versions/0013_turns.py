"""What was committed together is known together."""

from sql.record.migrate import run_script

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
