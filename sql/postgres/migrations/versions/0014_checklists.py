"""What was ticked of a gate's checklist is kept with the decision."""

from sql.record.migrate import run_script

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
