"""Corrections, signatures, the audit trail, and who may write what."""

from sql.record.migrate import run_script

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
