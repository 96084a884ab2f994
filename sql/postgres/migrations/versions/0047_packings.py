"""Packings: which lots and units were put into which logistic unit, and taken out again."""

from sql.record.migrate import run_script

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
