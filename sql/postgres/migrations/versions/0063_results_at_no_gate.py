"""A result taken at no gate is judged by the limits of the gates of its lot's type."""

from sql.record.migrate import run_script

revision = "0063"
down_revision = "0053"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
