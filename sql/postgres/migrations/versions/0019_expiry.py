"""An expired lot is used or shipped only with a manager's reason, kept with the fact."""

from sql.record.migrate import run_script

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
