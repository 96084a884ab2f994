"""A partner has any set of roles, and goods go to and come from sites of the plant."""

from sql.record.migrate import run_script

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
