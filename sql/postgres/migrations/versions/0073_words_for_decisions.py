"""The plant's own words for decisions."""

from sql.record.migrate import run_script

revision = "0073"
down_revision = "0071"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
