"""Places, and which lot was moved to which."""

from sql.record.migrate import run_script

revision = "0058"
down_revision = "0067"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
