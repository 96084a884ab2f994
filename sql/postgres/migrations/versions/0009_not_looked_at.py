"""Which lots the checks have not looked at since they last ran, told by the trail."""

from sql.record.migrate import run_script

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
