"""Times of recording never go back, whatever the clock does; old turns that met become one."""

from sql.record.migrate import run_script

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
