"""The phases and gates a plant starts with."""

from sql.record.migrate import run_script

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Run the script of the same name beside this file."""
    run_script(__file__)
