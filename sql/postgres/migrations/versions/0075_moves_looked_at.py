"""A move, and its void, leave what was checked before not checked since."""

from sql.record.migrate import run_script

revision = "0075"
down_revision = "0078"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
