"""Places renamed, and retired: each a row of its own, as every change of master data."""

from sql.record.migrate import run_script

revision = "0072"
down_revision = "0059"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
