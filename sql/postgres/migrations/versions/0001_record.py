"""The record: what the plant wrote down, and which database role may do what with it."""

from sql.record.migrate import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the script of the same name beside this file."""
    run_script(__file__)
