"""Products, partners and runs change by appended revisions; what was written stays."""

from sql.record.migrate import run_script

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
