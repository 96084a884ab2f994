"""Lots under another code: what the old one goes on as, and who signed that."""

from sql.record.migrate import run_script

revision = "0077"
down_revision = "0060"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
