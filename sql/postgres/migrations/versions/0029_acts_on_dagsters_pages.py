"""What people do on Dagster's pages enters the record's own trail."""

from sql.record.migrate import run_script

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
