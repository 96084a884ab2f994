"""When a void, a withdrawal or an assessment happened is kept beside when it was recorded."""

from sql.record.migrate import run_script

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
