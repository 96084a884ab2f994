"""${message}"""

from sql.migrate import run_script

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Run the script of the same name beside this file."""
    run_script(__file__)
