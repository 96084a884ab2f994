"""An export that comes every day: imports as facts, lots by their source's key, rows set aside."""

from sql.record.migrate import run_script

revision = "0054"
down_revision = "0051"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
