"""A rule of the process holds from when it was said until it was withdrawn; pallets are reached."""

from sql.record.migrate import run_script

revision = "0052"
down_revision = "0057"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
