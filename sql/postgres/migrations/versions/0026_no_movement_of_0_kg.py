"""0 kg is no movement: the record itself takes none."""

from sql.record.migrate import run_script

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
