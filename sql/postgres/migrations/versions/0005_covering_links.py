"""A trace reads links from their indexes alone, either way."""

from sql.record.migrate import run_script

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
