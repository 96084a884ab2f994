"""A search finds codes in any accents and punctuation, and names by their words."""

from sql.record.migrate import run_script

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
