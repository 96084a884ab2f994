"""What went into a production is known though nobody knows how much of it is in which output."""

from sql.record.migrate import run_script

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
