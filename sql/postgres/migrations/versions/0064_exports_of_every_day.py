"""What an export that comes every day needs: retired masters, corrected types, a quicker trail."""

from sql.record.migrate import run_script

revision = "0064"
down_revision = "0073"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
