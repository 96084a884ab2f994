"""What is known of a lot's kilograms: exactly, at most, at least, or that it gave out too much."""

from sql.record.migrate import run_script

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
