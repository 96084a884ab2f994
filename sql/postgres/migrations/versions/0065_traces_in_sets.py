"""What a trace asks of its lots, found in sets."""

from sql.record.migrate import run_script

revision = "0065"
down_revision = "0063"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
