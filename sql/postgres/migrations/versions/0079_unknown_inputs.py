"""A production may take of a lot that gave out too much, where nobody says how much of it."""

from sql.record.migrate import run_script

revision = "0079"
down_revision = "0077"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
