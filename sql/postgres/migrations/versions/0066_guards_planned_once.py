"""What guards a write, planned once a connection."""

from sql.record.migrate import run_script

revision = "0066"
down_revision = "0065"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
