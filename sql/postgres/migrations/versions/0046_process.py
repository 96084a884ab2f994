"""The plant's process is data: versions of lot types, phases, gates, limits, rules and bounds."""

from sql.record.migrate import run_script

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
