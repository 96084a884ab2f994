"""Identifiers that a spreadsheet or a misreading spoilt are known for it."""

from sql.record.migrate import run_script

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
