"""What is printed on a lot's label, beside the lot's own code."""

from sql.record.migrate import run_script

revision = "0069"
down_revision = "0062"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
