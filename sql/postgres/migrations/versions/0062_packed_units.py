"""What was packed in pieces keeps its number, and so does the shipment it leaves with."""

from sql.record.migrate import run_script

revision = "0062"
down_revision = "0064"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
