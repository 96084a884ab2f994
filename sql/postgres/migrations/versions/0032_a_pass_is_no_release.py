"""Passing a blocking gate with a lot that stays stopped is signed as that, never as a release."""

from sql.record.migrate import run_script

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
