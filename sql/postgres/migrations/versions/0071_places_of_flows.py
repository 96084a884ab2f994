"""Where a shipment or movement left from, and where what came back was put."""

from sql.record.migrate import run_script

revision = "0071"
down_revision = "0058"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
