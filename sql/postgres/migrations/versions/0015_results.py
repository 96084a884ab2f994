"""A result may carry a sign or be a word."""

from sql.record.migrate import run_script

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
