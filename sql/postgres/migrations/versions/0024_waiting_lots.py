"""The lots that wait are looked for gate by gate: a queue needs no word about every lot."""

from sql.record.migrate import run_script

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
