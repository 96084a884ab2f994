"""What went into productions in units, unallotted to their outputs."""

from sql.record.migrate import run_script

revision = "0074"
down_revision = "0070"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
