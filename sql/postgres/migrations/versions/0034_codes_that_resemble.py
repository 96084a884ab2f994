"""Which codes resemble one another stands once, in the record."""

from sql.record.migrate import run_script

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
