"""How a source's files are read is kept under a name, for everybody who imports."""

from sql.record.migrate import run_script

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
