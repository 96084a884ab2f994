"""Tables that are mostly empty keep a page, so that no plan reads one anew for every row."""

from sql.record.migrate import run_script

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
