"""Productions: what went in together and what came of it, with the links that follow."""

from sql.record.migrate import run_script

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
