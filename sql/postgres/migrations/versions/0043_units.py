"""A lot, a link and a shipment have an amount in a unit of their own beside kilograms."""

from sql.record.migrate import run_script

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
