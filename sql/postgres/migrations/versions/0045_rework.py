"""A rejected lot is reworked, and a held one split: a signed use that says why."""

from sql.record.migrate import run_script

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
