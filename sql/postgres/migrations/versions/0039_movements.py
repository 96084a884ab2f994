"""What else happens to a lot's kilograms: waste, samples, returns, counts and the like."""

from sql.record.migrate import run_script

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
