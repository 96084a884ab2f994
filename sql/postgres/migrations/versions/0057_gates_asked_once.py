"""The gates that a lot must pass by type, worked out once a statement."""

from sql.record.migrate import run_script

revision = "0057"
down_revision = "0056"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
