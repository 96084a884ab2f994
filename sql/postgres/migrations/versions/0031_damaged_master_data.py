"""Spoilt codes and GLNs of products, partners and runs are found at once, as those of lots are."""

from sql.record.migrate import run_script

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Run the script beside this file."""
    run_script(__file__)
