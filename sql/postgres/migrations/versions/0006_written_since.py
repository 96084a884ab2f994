"""Whether a row was written after the pipeline's last copy of it."""

from sql.record.migrate import run_script

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
