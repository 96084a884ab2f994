"""Walks follow indexes by how they are written, so that PostgreSQL keeps their plans."""

from sql.record.migrate import run_script

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
