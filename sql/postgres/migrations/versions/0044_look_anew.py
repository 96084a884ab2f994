"""After an import the tables' sizes are looked at anew, so that traces stay quick."""

from sql.record.migrate import run_script

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
