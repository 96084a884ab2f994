"""The codes that lots had before, for the warehouse."""

from sql.record.migrate import run_script

revision = "0078"
down_revision = "0079"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
