"""Times as precise as they are: of a day or a month, its end beside its beginning."""

from sql.record.migrate import run_script

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
