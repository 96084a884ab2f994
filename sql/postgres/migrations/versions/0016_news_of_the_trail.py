"""The pipeline may see of which tables the trail tells, to know whether there is news for it."""

from sql.record.migrate import run_script

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
